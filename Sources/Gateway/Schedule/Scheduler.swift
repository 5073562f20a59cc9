import Logging
import Domain
import ServiceLifecycle
import Store
import Workers

/// Runs the duties that depend on time and not on a message: expired questions, lost tokens, reminders, start and end
/// of broadcasts, alerts to staff and others.
package final class Scheduler: Service {
    private let gateway: Gateway
    private let diskAlert: DiskAlert
    private let loop: WorkLoop

    package init(_ gateway: Gateway) {
        self.gateway = gateway
        diskAlert = DiskAlert(gateway)
        loop = WorkLoop(gateway.store.signals.signal(for: .schedule))
    }

    package func run() async throws {
        await loop.run {
            // A short delay, so that one round handles a burst of signals.
            try? await Task.sleep(for: .milliseconds(50))
            try await self.work()
            await self.diskAlert.works()
            return .seconds(15)
        } failed: {
            self.gateway.logger.error("Scheduled duties cannot be run now.", metadata: ["reason": "\($0)"])
            guard StoreError.isTrouble($0) else { return .seconds(60) }
            await self.diskAlert.fails()
            return .seconds(5)
        }
    }

    struct Duty: Sendable {
        let name: String
        /// The duty depends on the date and is skipped while the clock is not plausible.
        let isDated: Bool
        let body: @Sendable (Gateway, Step) throws -> Void

        init(
            _ name: String, isDated: Bool = true,
            _ body: @escaping @Sendable (Gateway, Step) throws -> Void
        ) {
            self.name = name
            self.isDated = isDated
            self.body = body
        }
    }

    /// All duties, in the order in which they run.
    static let duties: [Duty] = [
        Duty("payments held for the clock") { try ClockHeldPayments($0).goOn($1) },
        Duty("access rates") { try AccessRates($0).take($1) },
        Duty("instalment reminders") { try InstalmentReminders($0).take($1) },
        Duty("expired questions") { try ExpiredQuestions($0).take($1) },
        Duty("job reminders") { try JobDesk($0).remind($1) },
        Duty("what waits for staff") { try WaitingDigest($0).take($1) },
        Duty("wallets") { try WalletWatch($0).take($1) },
        Duty("early reversals") { try ReversalDesk($0).expire($1) },
        Duty("old traces") { try Retention().remove($1) },
        Duty("payments that wait", isDated: false) { try ExpiredChainWaits($0).take($1) },
        Duty("lost tokens", isDated: false) { try LostTokens($0).take($1) },
        Duty("broadcasts", isDated: false) { try Broadcasts($0).keepTime($1) },
        Duty("full SIMs", isDated: false) { try FullSIMAlert().look($0.modems.links, $1) },
        Duty("alerts", isDated: false) { try StaffAlerts($0).tell($1) },
    ]

    /// One work item for all duties of a round: rounds run every few seconds, and each record is a write.
    private static let round = WorkItem.duty("all")
    /// Time before a duty that was set aside is tried again.
    private static let rest = Duration.seconds(86_400)

    /// Runs all duties, each in its own transaction, so that a failing duty does not block the others.
    /// - Throws: `StoreError.unavailable` if the database cannot be written, and otherwise the last error of a duty.
    package func work() async throws {
        let now = gateway.clock.now
        let gateway = gateway
        let (times, setAside) = try await gateway.steps.perform(at: now) {
            (try $0.workItems.begin(Self.round, at: now), try $0.workItems.setAside(.duty))
        }
        let isClockGood = try await gateway.steps.perform(at: now) { try ClockWatch(gateway).look($0) }
        var failure: (any Error)?
        for duty in Self.duties where isClockGood || !duty.isDated {
            guard try await mayDo(duty, round: times, setAside: setAside[duty.name], now) else { continue }
            do {
                try await gateway.steps.perform(at: now) { try duty.body(gateway, $0) }
            } catch {
                gateway.logger.error("A duty failed.", metadata: ["duty": "\(duty.name)", "reason": "\(error)"])
                failure = error
            }
        }
        try await gateway.steps.perform(at: now) { try $0.workItems.end(Self.round) }
        if let failure { throw failure }
    }

    /// Whether a duty may run. After two rounds that were not finished, the faulty duty is not known, so each is
    /// rehearsed. A duty that fails the rehearsal is set aside for a day, and the others run.
    private func mayDo(_ duty: Duty, round times: Int, setAside: Timestamp?, _ now: Timestamp) async throws -> Bool {
        let step = WorkItem.duty(duty.name)
        if let setAside, now.since(setAside) < Self.rest { return false }
        let isHarmless = await PoisonGuard(gateway).isHarmless(step, begun: setAside == nil ? times : .max)
        if isHarmless, setAside == nil { return true }
        try await gateway.steps.perform(at: now) { unit in
            if isHarmless { return try unit.workItems.end(step) }
            try unit.workItems.setAside(step, at: now)
            try unit.alerts.note(.notice, ["text": "the duty '\(duty.name)': \(PoisonGuard.reason)"], at: now)
        }
        return isHarmless
    }
}
