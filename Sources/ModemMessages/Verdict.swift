// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// How the daemon must handle a failure.
package enum Verdict: String, Codable, Sendable, Hashable, CaseIterable {
    /// A network problem: retry later; it counts as an attempt.
    case tryAgain
    /// The message can never be sent.
    case giveUp
    /// A modem problem: restart the process; it does not count as an attempt.
    case modemTrouble
    /// It is unknown whether the network accepted the message.
    case unknown
}
