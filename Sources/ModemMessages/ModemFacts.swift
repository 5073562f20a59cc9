// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// What a modem says of itself when it is asked once, before it is configured: the answer of `gridpost-modem probe`.
package struct ModemFacts: Codable, Sendable, Hashable {
    /// The answers to `AT+CGMI`, `AT+CGMM` and `AT+CGMR` (3GPP TS 27.007), without the command's name.
    package var maker: String?
    package var model: String?
    package var firmware: String?
    /// The answer to `AT+CPIN?`, such as `READY` or `SIM PIN`; an error's text without a SIM.
    package var sim: String?
    /// The answers to `AT+CPMS=?` and `AT+CNMI=?` (3GPP TS 27.005).
    package var stores: String?
    package var indications: String?

    package init() {}
}
