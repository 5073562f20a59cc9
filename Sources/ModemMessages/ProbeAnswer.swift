// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// What `gridpost-modem probe` prints of one port, as one line of JSON.
package enum ProbeAnswer: Codable, Sendable, Hashable {
    case modem(ModemFacts)
    /// Another program has the port open for itself alone.
    case inUse
    /// No modem answers; the reason.
    case silent(String)
}
