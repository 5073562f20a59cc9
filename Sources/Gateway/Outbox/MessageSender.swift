import Domain
import Logging
import ModemLink
import ModemMessages
import Store
import Workers

/// Passes claimed messages to one modem, part by part. The result of each part and the start of the next are one
/// transaction, so that the modem waits for one commit between two parts.
struct MessageSender: Sendable {
    private let steps: StepRunner
    private let clock: any WallClock
    private let logger: Logger
    private let lanes: Lanes
    private let broadcasts: Broadcasts
    private let link: ModemLink

    init(_ gateway: Gateway, _ link: ModemLink, _ lanes: Lanes) {
        steps = gateway.steps
        clock = gateway.clock
        logger = gateway.logger
        broadcasts = Broadcasts(gateway)
        self.lanes = lanes
        self.link = link
    }

    /// The modem's name.
    var modem: String { link.name }

    /// Sends messages until none is left for this modem. Returns `false` if there was none.
    func sendAll() async throws -> Bool {
        let now = clock.now
        let first = try await steps.perform(at: now) { step -> SendingClaim? in
            _ = try step.outbox.expire(at: now)
            return try next(step)
        }
        guard var claim = first else { return false }
        while let part = claim.parts.first {
            lanes.sends(link.name, at: clock.now)
            let outcome = await link.send(OutgoingPart(part, of: claim.message, at: clock.now))
            let sent = claim
            switch outcome {
            case .accepted(let reference):
                lanes.accepted(link.name)
                let next = try await steps.perform { try accepted(part, of: sent, reference, $0) }
                if claim.parts.count == 1 { logSent(claim.message) }
                guard let next else { return true }
                claim = next
            case .failed(let failure):
                try await record(failure, part, claim.message)
                return true
            }
        }
        return true
    }

    private func next(_ step: Step) throws -> SendingClaim? {
        try lanes.load(step)
        return try NextMessage(
            planner: lanes.planner(for: link.name, at: step.now), broadcasts: broadcasts.allowed(at: step.now)
        ).claim(step)
    }

    /// Records that the network accepted a part. Returns what is sent next: the rest of the message or another one.
    private func accepted(_ part: OutboxPart, of claim: SendingClaim, _ reference: Int, _ step: Step) throws
        -> SendingClaim?
    {
        let (message, outbox) = (claim.message, step.outbox)
        try outbox.partAccepted(part.number, of: message.id, reference: reference, at: step.now)
        try outbox.takeEarlyReports(modem: link.name, reference: reference, at: step.now)
        guard let following = claim.parts.dropFirst().first else {
            try outbox.finishSending(message.id, at: step.now)
            try step.workItems.end(.outbox(message.id))
            // A customer is waiting for the confirmation that staff are informed.
            if StaffAlerts.isAlert(message) { step.wake(.schedule) }
            step.wakeListeners()
            if !message.messageClass.isBulk {
                try step.announce(.messageSent, message.id.number, message.messageClass.name)
            }
            return try next(step)
        }
        if message.messageClass.isBulk, try outbox.hasUrgent(at: step.now) {
            // A token must not wait for the rest of a long bulk message, so the rest is queued again.
            try step.workItems.end(.outbox(message.id))
            try outbox.setState(.queued, of: message.id, at: step.now)
            return try next(step)
        }
        try outbox.beginPart(following.number, of: message.id, modem: link.name, at: step.now)
        return claim.withoutFirstPart
    }

    private func record(_ failure: ModemFailure, _ part: OutboxPart, _ message: OutboxMessage) async throws {
        let now = clock.now
        let planner = lanes.planner(for: link.name, at: now)
        let jitter = Double.random(in: 0.8...1.2)
        let decision = try await steps.perform(at: now) { step in
            let earlier = try step.sendAttempts.all(of: message.id)
            let refusedBy = Set(earlier.filter { $0.outcome == .refused }.map(\.modem))
            let decision = RetryPlan.decision(
                after: failure, of: message.messageClass,
                RetryPlan.Past(
                    attempts: message.attempts, doubts: earlier.count { $0.isDoubtful },
                    hasAlternative: planner.hasAlternative(.init(of: message), refusedBy: refusedBy),
                    hasOther: planner.hasOther(refusedBy: refusedBy)), jitter: jitter)
            try carryOut(decision, failure, part, message, step)
            return decision
        }
        // No other modem could send it either, so it says nothing of a SIM.
        if decision == .fail { lanes.excuse(message.id) }
        if decision == .elsewhere, failure.verdict != .unknown, lanes.refused(message.id, link.name, at: now) {
            try await alertBarred(failure)
        }
        log(
            "A message was not sent.", .warning, message,
            ["reason": "\(failure)", "verdict": "\(failure.verdict.rawValue)"])
    }

    private func carryOut(
        _ decision: RetryPlan.Decision, _ failure: ModemFailure, _ part: OutboxPart, _ message: OutboxMessage,
        _ step: Step
    ) throws {
        let (outbox, error) = (step.outbox, failure.description)
        func settle(_ partState: PartState, _ state: OutboxState, retryAt: Timestamp? = nil, counts: Bool = true) throws
        {
            try outbox.setPart(part.number, of: message.id, partState)
            try outbox.setState(
                state, of: message.id, error: error, retryAt: retryAt, countsAttempt: counts, at: step.now)
        }
        var isCounted = true
        switch decision {
        case .fail:
            try settle(.failed, .failed)
            try step.announce(.messageFailed, message.id.number, error)
        case .giveUpAsUnknown: try settle(.unknown, .unknown)
        case .elsewhere: try settle(.waiting, .queued, retryAt: step.now)
        case .elsewhereLater(let pause): try settle(.waiting, .queued, retryAt: step.now.adding(pause))
        case .again(let pause, let counts):
            isCounted = counts
            try settle(.waiting, .queued, retryAt: step.now.adding(pause), counts: counts)
        }
        // A modem that is away says nothing of the message.
        if isCounted {
            try step.sendAttempts.add(
                SendAttempt(
                    part: part.number, modem: link.name, outcome: decision.isRefusal ? .refused : .failed,
                    isDoubtful: failure.verdict == .unknown, code: failure.code, reason: failure.reason, at: step.now),
                of: message.id)
        }
        try step.workItems.end(.outbox(message.id))
        switch decision {
        case .again, .elsewhere, .elsewhereLater: return
        case .fail, .giveUpAsUnknown:
            step.wake(.schedule)
            step.wakeListeners()
        }
    }

    private func alertBarred(_ failure: ModemFailure) async throws {
        let name = link.name
        try await steps.perform { step in
            try step.alerts.noteOnce(
                .notice,
                [
                    "text":
                        "the network refuses the messages of modem \(name), which other modems send (\(failure)): its SIM may be out of credit or barred"
                ], since: step.ago(.seconds(86_400)), at: step.now)
        }
    }

    private func logSent(_ message: OutboxMessage) {
        log("A message was sent.", message.messageClass.isBulk ? .debug : .info, message, [:])
    }

    private func log(
        _ text: Logger.Message, _ level: Logger.Level, _ message: OutboxMessage, _ more: Logger.Metadata
    ) {
        var metadata: Logger.Metadata = [
            "outbox.id": "\(message.id)", "class": "\(message.messageClass.name)", "to": "\(message.recipient.masked)",
            "modem.name": "\(link.name)",
        ]
        if let inbox = message.message { metadata["message.id"] = "\(inbox)" }
        logger.log(level: level, text, metadata: metadata.merging(more) { $1 })
    }
}
