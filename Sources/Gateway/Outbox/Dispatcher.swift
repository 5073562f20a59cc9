import Domain
import Logging
import Messages
import ModemLink
import ModemMessages
import ServiceLifecycle
import Store
import Workers

/// The last station: brings messages from the outbox to the modems, the most urgent first.
package final class Dispatcher: Service {
    /// A modem and how it may be used.
    package struct Lane: Sendable {
        package let link: ModemLink
        package let limits: ModemLimits

        package init(link: ModemLink, limits: ModemLimits) {
            self.link = link
            self.limits = limits
        }
    }

    private let steps: StepRunner
    private let company: Company
    private let clock: any WallClock
    private let logger: Logger
    private let poisonGuard: PoisonGuard
    private let lanes: [Lane]
    private let broadcasts: Broadcasts

    package init(_ gateway: Gateway, lanes: [Lane]) {
        steps = gateway.steps
        company = gateway.company
        clock = gateway.clock
        logger = gateway.logger
        poisonGuard = PoisonGuard(gateway)
        self.lanes = lanes
        broadcasts = Broadcasts(gateway)
    }

    package func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            for lane in lanes { group.addTask { await self.serve(lane) } }
        }
    }

    private func serve(_ lane: Lane) async {
        await WorkLoop(steps.store.signals.signal(for: .outbox)).run {
            try await self.sendNext(lane)
        } failed: {
            self.logger.error("The outbox cannot be used now.", metadata: ["reason": "\($0)"])
            // What was in this modem's hands then is in doubt now.
            try? await self.recover(only: lane.link.name)
            return .seconds(5)
        }
    }

    /// Puts messages that a crash interrupted back in order: what was on the air is in doubt, the rest is not.
    package func recover(only modem: String? = nil) async throws {
        let now = clock.now
        let poison = try await findPoison(modem, now)
        let count = try await steps.perform(at: now) { step in
            let interrupted = try step.outbox.interrupted()
            for (message, isDoubtful) in interrupted where modem == nil || message.modem == modem {
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

    /// Messages in hand that stop whoever sends them: each start of the daemon that finds one in hand is counted.
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

    /// Sends one message, or says how long there is nothing to do.
    private func sendNext(_ lane: Lane) async throws -> Duration {
        // A modem that is away rings when it comes back.
        guard lane.link.isReady else { return .seconds(60) }
        let now = clock.now
        let waits = try await limitWaits(lane, now)
        if let wait = waits[.tokens] { return wait }
        let (otherWait, bulkWait) = (waits[.others], waits[.broadcasts])
        let classes = bulkWait == nil ? broadcasts.allowed(at: now) : []
        var free: [ModemLimits.Share: [Lane]] = [:]
        for other in lanes where other.link.name != lane.link.name && other.link.isReady {
            let waits = try await limitWaits(other, now)
            for share in ModemLimits.Share.allCases where waits[share] == nil {
                free[share, default: []].append(other)
            }
        }
        // One modem takes whatever is next; with several, another's messages may stand before its own.
        let window = lanes.count > 1 ? 500 : 1
        let claim = try await steps.perform(at: now) { [free] step -> Claim? in
            _ = try step.outbox.expire(at: now)
            let next =
                try step.outbox.due([.token], at: now, limit: window).first {
                    self.isMine($0.recipient, lane, free[.tokens] ?? [])
                }
                ?? step.outbox.due(otherWait == nil ? Self.others : [], at: now, limit: window).first {
                    self.isMine($0.recipient, lane, free[.others] ?? [])
                }
                ?? step.outbox.dueBroadcast(classes, at: now, limit: window) {
                    self.isMine($0, lane, free[.broadcasts] ?? [])
                }
            guard let next, let message = try step.outbox.message(next.id) else { return nil }
            return try self.claim(message, for: lane, step)
        }
        guard let claim else {
            let (next, running) = try await steps.read {
                (try $0.outbox.nextTime(), try !$0.broadcasts.running(at: now).isEmpty)
            }
            // With nothing left to send, a broadcast may be over.
            if running { steps.store.signals.wake(.schedule) }
            // A broadcast waits for its hours, for the modem's allowance, or for its failed messages' next try.
            let idle: Duration = running ? min(bulkWait ?? .seconds(10), .seconds(10)) : .seconds(3_600)
            guard let next else { return idle }
            // Tokens ring; what else waits may go when the modem has rested.
            if next <= now, let otherWait { return min(otherWait, idle) }
            // What is due and not for this modem is in another's hands; the bell rings when that changes.
            return min(next > now ? next.since(now) : .seconds(1), idle)
        }
        try await send(claim, lane)
        return .zero
    }

    /// What goes after tokens and before broadcasts.
    private static let others: [MessageClass] = [.answer, .job, .reminder]

    private struct Claim: Sendable {
        var message: OutboxMessage
        var parts: [OutboxPart]
    }

    /// A modem of the recipient's own network is preferred while it is there.
    private func isMine(_ recipient: PhoneNumber, _ lane: Lane, _ others: [Lane]) -> Bool {
        guard let network = company.country.plan.network(of: recipient) else { return true }
        return lane.limits.networks.contains(network) || !others.contains { $0.limits.networks.contains(network) }
    }

    private func claim(_ message: OutboxMessage, for lane: Lane, _ step: Step) throws
        -> Claim
    {
        var parts = try step.outbox.parts(of: message.id)
        let isStale = parts.contains { part in
            part.state == .sent
                && (part.modem != lane.link.name || (part.sentAt.map { step.now.since($0) > .seconds(300) } ?? true))
        }
        var message = message
        if isStale {
            // Networks drop parts that wait too long for the others: all of them go again, as a new message.
            try step.outbox.restart(message.id)
            guard let fresh = try step.outbox.message(message.id) else {
                return Claim(message: message, parts: [])
            }
            message = fresh
            parts = try step.outbox.parts(of: message.id)
        }
        try step.outbox.begin(message.id, modem: lane.link.name, at: step.now)
        let waiting = parts.filter { $0.state == .waiting }
        if let first = waiting.first {
            try step.outbox.beginPart(first.number, of: message.id, modem: lane.link.name, at: step.now)
        }
        return Claim(message: message, parts: waiting)
    }

    private func send(_ claim: Claim, _ lane: Lane) async throws {
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
                        // A token does not wait for the rest of a long notice; the rest follows it.
                        try step.workItems.end(.outbox(message.id))
                        try step.outbox.setState(.queued, of: message.id, at: now)
                    } else if let next {
                        try step.outbox.beginPart(next.number, of: message.id, modem: lane.link.name, at: now)
                    } else {
                        try step.outbox.finishSending(message.id, at: now)
                        try step.workItems.end(.outbox(message.id))
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
        _ failure: ModemFailure, _ part: OutboxPart, _ message: OutboxMessage, _ lane: Lane, _ now: Timestamp
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
        }
        log(
            "A message was not sent.", .warning, message, lane,
            ["reason": "\(failure)", "verdict": "\(failure.verdict.rawValue)"])
        if case .again = decision { return }
        steps.store.signals.wake(.schedule)
        steps.store.announcements.ring()
    }

    private func told(_ message: OutboxMessage, _ lane: Lane) {
        // A customer waits to hear that staff are told.
        if StaffAlerts.isAlert(message) { steps.store.signals.wake(.schedule) }
        log("A message was sent.", message.messageClass.isBulk ? .debug : .info, message, lane, [:])
        if message.messageClass.isBulk { steps.store.announcements.ring() }
    }

    /// How long the modem must rest for its limits, for each share of it that may not be used now.
    private func limitWaits(_ lane: Lane, _ now: Timestamp) async throws -> [ModemLimits.Share: Duration] {
        let (limits, name) = (lane.limits, lane.link.name)
        let midnight = company.calendar.midnight(at: now)
        return try await steps.read { step in
            let sentToday = limits.dailyCap > 0 ? try step.outbox.partsSent(by: name, since: midnight) : 0
            var waits: [ModemLimits.Share: Duration] = [:]
            for share in ModemLimits.Share.allCases {
                if let rate = limits.rate(share),
                    let oldest = try step.outbox.sendingTime(by: name, newest: rate),
                    now.since(oldest) < .seconds(60), oldest <= now
                {
                    waits[share] = .seconds(60) - now.since(oldest)
                } else if let cap = limits.cap(share), sentToday >= cap {
                    waits[share] = .seconds(60)
                }
            }
            return waits
        }
    }

    private func log(
        _ text: Logger.Message, _ level: Logger.Level, _ message: OutboxMessage, _ lane: Lane, _ more: Logger.Metadata
    ) {
        var metadata: Logger.Metadata = [
            "outbox.id": "\(message.id)", "class": "\(message.messageClass.name)", "to": "\(message.recipient.masked)",
            "modem.name": "\(lane.link.name)",
        ]
        if let inbox = message.message { metadata["message.id"] = "\(inbox)" }
        logger.log(level: level, text, metadata: metadata.merging(more) { $1 })
    }
}

extension OutgoingPart {
    init(_ part: OutboxPart, of message: OutboxMessage, at now: Timestamp) {
        self.init(
            recipient: message.recipient.e164, text: part.body, isUCS2: message.isUCS2,
            concatenation: message.parts.count > 1
                ? PartPlace(
                    reference: message.reference, total: message.parts.count, number: part.number, isWide: false) : nil,
            wantsReport: message.messageClass.wantsDeliveryReport || (message.entry != nil && !message.isAutomatic),
            validity: Self.validity(message.expiresAt.since(now))
        )
    }

    /// TP-VP, relative (23.040, 9.2.3.12.1): not longer than the message is worth.
    private static func validity(_ rest: Duration) -> UInt8 {
        let minutes = max(rest.components.seconds / 60, 5)
        return switch minutes {
        case ...720: UInt8(clamping: minutes / 5 - 1)
        case ...1_440: UInt8(clamping: 143 + (minutes - 720) / 30)
        case ...43_200: UInt8(clamping: 166 + minutes / 1_440)
        default: UInt8(clamping: min(192 + minutes / 10_080, 255))
        }
    }
}
