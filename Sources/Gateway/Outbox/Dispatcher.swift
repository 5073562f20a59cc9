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
            // What was in this modem's hands then is in doubt now.
            try? await self.interrupted.recover(only: lane.link.name)
            return .seconds(5)
        }
    }

    /// Puts messages that a crash interrupted back in order: what was on the air is in doubt, the rest is not.
    package func recover() async throws { try await interrupted.recover() }

    /// Sends one message, or says how long there is nothing to do.
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
        // With nothing left to send, a broadcast may be over.
        if broadcastRuns { steps.store.signals.wake(.schedule) }
        return planner.restAfterNothing(next: next, broadcastRuns: broadcastRuns, at: now)
    }

    /// Tokens first, broadcasts last.
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

    /// The modems as they stand now, seen from one of them.
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

    /// What goes after tokens and before broadcasts.
    private static let others: [MessageClass] = [.answer, .job, .reminder]
}
