import Domain
import Foundation

/// The life of an outgoing message: its parts, and the attempts to send it that did not succeed.
package struct OutMessageDetailView: Codable, Sendable {
    package struct PartView: Codable, Sendable {
        package var number: Int
        package var state: String
        /// The modem it was handed to last, and when.
        package var modem: String?
        package var at: String?
    }

    package struct AttemptView: Codable, Sendable {
        package var at: String
        package var part: Int
        package var modem: String
        /// The error code of the modem or the network, if there was one.
        package var code: Int?
        package var reason: String
        /// Whether the network may have taken this copy.
        package var doubtful: Bool
        /// Whether the message was left to another modem.
        package var leftToAnother: Bool
    }

    package var message: OutMessageView
    package var notBefore: String
    package var expiresAt: String
    package var parts: [PartView]
    package var attempts: [AttemptView]

    init(_ message: OutboxMessage, _ parts: [OutboxPart], _ attempts: [SendAttempt]) {
        self.message = OutMessageView(message)
        notBefore = message.notBefore.rfc3339
        expiresAt = message.expiresAt.rfc3339
        self.parts = parts.map {
            PartView(number: $0.number, state: $0.state.rawValue, modem: $0.modem, at: $0.sentAt?.rfc3339)
        }
        self.attempts = attempts.map {
            AttemptView(
                at: $0.at.rfc3339, part: $0.part, modem: $0.modem, code: $0.code, reason: $0.reason,
                doubtful: $0.isDoubtful, leftToAnother: $0.outcome == .refused)
        }
    }
}
