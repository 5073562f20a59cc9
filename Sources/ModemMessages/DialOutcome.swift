// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// What became of a service code, or of an answer to a USSD menu. `lines` are in the order in which they came; the last
/// tells the state of the session. Earlier ones are texts that the network sent on its own.
package enum DialOutcome: Codable, Sendable, Hashable {
    case said([USSDLine])
    /// The network said nothing that ends the wait.
    case silent([USSDLine])
    /// A command of the daemon came first.
    case interrupted([USSDLine])
    /// The modem did not accept the code; nothing was sent to the network.
    case refused(reason: String)
}
