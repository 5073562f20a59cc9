// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// How a modem is restarted before it is opened, if opening it again was not enough.
package enum ModemRestart: String, Codable, Sendable, Hashable {
    /// Its radio is switched off and on (`AT+CFUN=4`, `AT+CFUN=1`; 3GPP TS 27.007).
    case radio
    /// It starts anew (`AT+CFUN=1,1`), and its port may disappear for a while.
    case modem
}
