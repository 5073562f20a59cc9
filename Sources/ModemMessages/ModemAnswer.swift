// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// The answer to a command, with the number of the command.
package enum ModemAnswer: Codable, Sendable {
    case opened(ModemIdentity)
    case polled(Polled)
    case deleted
    case sent(SendOutcome)
    case status(ModemStatus)
    case alive
    case dialled(DialOutcome)
    case ussdEnded
    case failed(ModemFailure)
}
