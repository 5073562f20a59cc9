import Store
import Domain

/// A message claimed by a modem, with the parts still to be sent.
struct SendingClaim: Sendable {
    let message: OutboxMessage
    let parts: [OutboxPart]

    /// Networks may drop parts that wait longer than this for the other parts of their message.
    private static let longestPause = Duration.seconds(300)

    /// Claims a message for a modem. If parts were sent too long ago or through another modem, all parts are sent again
    /// as a new message.
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

    private init(_ message: OutboxMessage, _ parts: [OutboxPart]) {
        self.message = message
        self.parts = parts
    }

    /// The claim after its first part was accepted.
    var withoutFirstPart: SendingClaim { SendingClaim(message, Array(parts.dropFirst())) }

    private static func isStale(_ part: OutboxPart, _ modem: String, _ now: Timestamp) -> Bool {
        part.state == .sent
            && (part.modem != modem || (part.sentAt.map { now.since($0) > longestPause } ?? true))
    }
}
