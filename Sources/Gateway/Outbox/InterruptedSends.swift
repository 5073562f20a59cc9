import Store
import Domain
import Logging

/// Recovers messages that were being sent when the daemon or the database stopped.
struct InterruptedSends: Sendable {
    private let steps: StepRunner
    private let clock: any WallClock
    private let logger: Logger
    private let poisonGuard: PoisonGuard

    init(_ gateway: Gateway) {
        steps = gateway.steps
        clock = gateway.clock
        logger = gateway.logger
        poisonGuard = PoisonGuard(gateway)
    }

    /// Recovers interrupted messages. The part that was being sent is in doubt; the others are queued again.
    func recover(only modem: String? = nil) async throws {
        let now = clock.now
        let poison = try await findPoison(modem, now)
        let count = try await steps.perform(at: now) { step in
            let interrupted = try step.outbox.interrupted().filter { modem == nil || $0.message.modem == modem }
            for (message, isDoubtful) in interrupted {
                if poison.contains(message.id) {
                    try step.outbox.setState(.failed, of: message.id, error: PoisonGuard.reason, at: now)
                    try step.workItems.end(.outbox(message.id))
                    continue
                }
                if isDoubtful, !message.messageClass.repeatsDoubtfulSends {
                    try step.outbox.setState(
                        .unknown, of: message.id, error: "interrupted while it was sent", at: now)
                    continue
                }
                for part in try step.outbox.parts(of: message.id) where part.state == .sending {
                    try step.outbox.setPart(part.number, of: message.id, .waiting)
                }
                try step.outbox.setState(.queued, of: message.id, at: now)
            }
            return interrupted.count
        }
        if count > 0 {
            logger.warning("Messages were interrupted while they were sent.", metadata: ["count": "\(count)"])
        }
    }

    /// The interrupted messages that crash the program when sent. Each start of the daemon that finds one is counted.
    private func findPoison(_ modem: String?, _ now: Timestamp) async throws -> Set<OutboxMessageID> {
        let begun = try await steps.perform(at: now) { step in
            try step.outbox.interrupted().map(\.message)
                .filter { modem == nil || $0.modem == modem }
                .map { ($0.id, try step.workItems.begin(.outbox($0.id), at: now)) }
        }
        var poison: Set<OutboxMessageID> = []
        for (id, times) in begun where await !poisonGuard.isHarmless(.outbox(id), begun: times) { poison.insert(id) }
        return poison
    }
}
