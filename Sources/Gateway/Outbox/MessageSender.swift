import Workers
import Store
import ModemLink
import Domain
import Logging
import ModemMessages

/// Passes the parts of a message to a modem one by one and stores the result of each.
struct MessageSender: Sendable {
    private let steps: StepRunner
    private let clock: any WallClock
    private let logger: Logger

    init(_ gateway: Gateway) {
        steps = gateway.steps
        clock = gateway.clock
        logger = gateway.logger
    }

    func send(_ claim: SendingClaim, _ lane: Dispatcher.Lane) async throws {
        let message = claim.message
        for (index, part) in claim.parts.enumerated() {
            let started = clock.now
            let outcome = await lane.link.send(OutgoingPart(part, of: message, at: started))
            let now = clock.now
            let next = index + 1 < claim.parts.count ? claim.parts[index + 1] : nil
            switch outcome {
            case .accepted(let reference):
                let isOvertaken = try await steps.perform(at: now) { step in
                    try step.outbox.partAccepted(part.number, of: message.id, reference: reference, at: now)
                    let isOvertaken =
                        try next != nil && message.messageClass.isBulk && step.outbox.hasUrgent(at: now)
                    if isOvertaken {
                        // A token must not wait for the rest of a long bulk message, so the rest is queued again.
                        try step.workItems.end(.outbox(message.id))
                        try step.outbox.setState(.queued, of: message.id, at: now)
                    } else if let next {
                        try step.outbox.beginPart(next.number, of: message.id, modem: lane.link.name, at: now)
                    } else {
                        try step.outbox.finishSending(message.id, at: now)
                        try step.workItems.end(.outbox(message.id))
                        // A customer is waiting for the confirmation that staff are informed.
                        if StaffAlerts.isAlert(message) { step.wake(.schedule) }
                        step.wakeListeners()
                        if !message.messageClass.isBulk {
                            try step.events.note(
                                .messageSent, message.id.number, message.messageClass.name, at: now)
                        }
                    }
                    try step.outbox.takeEarlyReports(modem: lane.link.name, reference: reference, at: now)
                    return isOvertaken
                }
                if isOvertaken { return }
                if next == nil { told(message, lane) }
            case .failed(let failure):
                try await record(failure, part, message, lane, now)
                return
            }
        }
    }

    private func record(
        _ failure: ModemFailure, _ part: OutboxPart, _ message: OutboxMessage, _ lane: Dispatcher.Lane, _ now: Timestamp
    ) async throws {
        let decision = RetryPlan.decision(
            after: failure, of: message.messageClass, attempts: message.attempts, jitter: Double.random(in: 0.8...1.2))
        try await steps.perform(at: now) { step in
            let outbox = step.outbox
            switch decision {
            case .fail:
                try outbox.setPart(part.number, of: message.id, .failed)
                try outbox.setState(.failed, of: message.id, error: failure.description, countsAttempt: true, at: now)
                try step.events.note(.messageFailed, message.id.number, failure.description, at: now)
            case .giveUpAsUnknown:
                try outbox.setPart(part.number, of: message.id, .unknown)
                try outbox.setState(.unknown, of: message.id, error: failure.description, countsAttempt: true, at: now)
            case .again(let pause, let counts):
                try outbox.setPart(part.number, of: message.id, .waiting)
                try outbox.setState(
                    .queued, of: message.id, error: failure.description, retryAt: now.adding(pause),
                    countsAttempt: counts, at: now)
            }
            try step.workItems.end(.outbox(message.id))
            if case .again = decision { return }
            step.wake(.schedule)
            step.wakeListeners()
        }
        log(
            "A message was not sent.", .warning, message, lane,
            ["reason": "\(failure)", "verdict": "\(failure.verdict.rawValue)"])
    }

    private func told(_ message: OutboxMessage, _ lane: Dispatcher.Lane) {
        log("A message was sent.", message.messageClass.isBulk ? .debug : .info, message, lane, [:])
    }

    private func log(
        _ text: Logger.Message, _ level: Logger.Level, _ message: OutboxMessage, _ lane: Dispatcher.Lane,
        _ more: Logger.Metadata
    ) {
        var metadata: Logger.Metadata = [
            "outbox.id": "\(message.id)", "class": "\(message.messageClass.name)", "to": "\(message.recipient.masked)",
            "modem.name": "\(lane.link.name)",
        ]
        if let inbox = message.message { metadata["message.id"] = "\(inbox)" }
        logger.log(level: level, text, metadata: metadata.merging(more) { $1 })
    }
}
