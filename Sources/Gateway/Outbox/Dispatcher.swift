import Messages
import Domain
import Logging
import ModemLink
import ServiceLifecycle
import Store
import Workers

/// Sends messages from the outbox through the modems, the most urgent first.
package final class Dispatcher: Service {
    /// A modem and its limits.
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
    private let interrupted: InterruptedSends
    private let sender: MessageSender
    private let logger: Logger
    private let lanes: [Lane]
    private let broadcasts: Broadcasts

    package init(_ gateway: Gateway, lanes: [Lane]) {
        steps = gateway.steps
        company = gateway.company
        clock = gateway.clock
        interrupted = InterruptedSends(gateway)
        sender = MessageSender(gateway)
        logger = gateway.logger
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
            // The message that this modem was sending is now in doubt.
            try? await self.interrupted.recover(only: lane.link.name)
            return .seconds(5)
        }
    }

    /// Recovers messages whose sending a crash interrupted. The part that was being sent is in doubt; the others are
    /// not.
    /// - Throws: `StoreError.unavailable` if the database cannot be read or written.
    package func recover() async throws { try await interrupted.recover() }

    /// Sends one message. Returns how long to wait before the next attempt.
    private func sendNext(_ lane: Lane) async throws -> Duration {
        let now = clock.now
        let planner = try await planner(for: lane, now)
        if let rest = planner.rest { return rest }
        let classes = broadcasts.allowed(at: now)
        let claim = try await steps.perform(at: now) { step -> SendingClaim? in
            _ = try step.outbox.expire(at: now)
            guard let next = try Self.next(planner, classes, step), let message = try step.outbox.message(next.id)
            else { return nil }
            return try SendingClaim(message, modem: lane.link.name, step)
        }
        if let claim {
            try await sender.send(claim, lane)
            return .zero
        }
        let (next, broadcastRuns) = try await steps.read {
            (try $0.outbox.nextTime(), try !$0.broadcasts.running(at: now).isEmpty)
        }
        // A running broadcast with nothing left to send may be finished.
        if broadcastRuns { steps.store.signals.wake(.schedule) }
        return planner.restAfterNothing(next: next, broadcastRuns: broadcastRuns, at: now)
    }

    /// The next message to send: tokens first, broadcasts last.
    private static func next(_ planner: SendingPlanner, _ classes: [BroadcastClass], _ step: Step) throws
        -> OutboxRecords.Candidate?
    {
        let outbox = step.outbox
        if let token = try outbox.due([.token], at: step.now, limit: planner.window)
            .first(where: { planner.takes($0.recipient, .tokens) })
        {
            return token
        }
        if planner.lane.mayUse(.others),
            let other = try outbox.due(Self.others, at: step.now, limit: planner.window)
                .first(where: { planner.takes($0.recipient, .others) })
        {
            return other
        }
        guard planner.lane.mayUse(.broadcasts) else { return nil }
        return try outbox.dueBroadcast(classes, at: step.now, limit: planner.window) { planner.takes($0, .broadcasts) }
    }

    /// A planner for one modem, with the current state of all modems.
    private func planner(for lane: Lane, _ now: Timestamp) async throws -> SendingPlanner {
        let midnight = company.calendar.midnight(at: now)
        let states = lanes.map { (name: $0.link.name, limits: $0.limits, isReady: $0.link.isReady) }
        let all = try await steps.read { step in
            try states.map { name, limits, isReady in
                let sentToday = limits.dailyCap > 0 ? try step.outbox.partsSent(by: name, since: midnight) : 0
                let waits = try limits.waits(sentToday: sentToday, at: now) {
                    try step.outbox.sendingTime(by: name, newest: $0)
                }
                return SendingPlanner.Lane(name: name, networks: limits.networks, isReady: isReady, waits: waits)
            }
        }
        let own = all.first { $0.name == lane.link.name } ?? SendingPlanner.Lane(name: lane.link.name, isReady: false)
        return SendingPlanner(
            lane: own, others: all.filter { $0.name != own.name }, plan: company.country.plan)
    }

    /// The classes sent after tokens and before broadcasts.
    private static let others: [MessageClass] = [.answer, .job, .reminder]
}
