import Domain
import Store

/// A message that a modem has in hand, with the parts that are left to send.
struct SendingClaim: Sendable {
    let message: OutboxMessage
    let parts: [OutboxPart]

    /// Networks drop parts that wait longer than this for the others of their message.
    private static let longestPause = Duration.seconds(300)

    /// Takes a message in hand for a modem. Parts that wait for the rest too long, or that went by another modem, go
    /// again, as a new message.
    init(_ queued: OutboxMessage, modem: String, _ step: Step) throws {
        var message = queued
        var parts = try step.outbox.parts(of: message.id)
        if parts.contains(where: { Self.isStale($0, modem, step.now) }) {
            try step.outbox.restart(message.id)
            message = try step.outbox.message(message.id) ?? message
            parts = try step.outbox.parts(of: message.id)
        }
        try step.outbox.begin(message.id, modem: modem, at: step.now)
        let waiting = parts.filter { $0.state == .waiting }
        if let first = waiting.first {
            try step.outbox.beginPart(first.number, of: message.id, modem: modem, at: step.now)
        }
        self.message = message
        self.parts = waiting
    }

    private static func isStale(_ part: OutboxPart, _ modem: String, _ now: Timestamp) -> Bool {
        part.state == .sent
            && (part.modem != modem || (part.sentAt.map { now.since($0) > longestPause } ?? true))
    }
}
