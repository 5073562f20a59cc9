// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// The result of sending a part.
package enum SendOutcome: Codable, Sendable, Hashable {
    /// The SMSC accepted the part; `reference` is the TP-MR of its delivery report.
    case accepted(reference: Int)
    case failed(ModemFailure)
}
