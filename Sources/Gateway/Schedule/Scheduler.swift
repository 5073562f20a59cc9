import Domain
import Logging
import ModemLink
import NIOConcurrencyHelpers
import ServiceLifecycle
import Store

/// Does what is due by the clock and not by a message: questions that expire, tokens that got lost, reminders, broadcasts
/// that begin and end, and what staff are told.
package final class Scheduler: Service {
    private let gateway: Gateway
    private let isStopping = NIOLockedValueBox(false)

    private let diskCall: DiskCall

    package init(_ gateway: Gateway) {
        self.gateway = gateway
        diskCall = DiskCall(gateway)
    }

    package func run() async throws {
        await withGracefulShutdownHandler {
            while !isStopping.withLockedValue({ $0 }), !Task.isCancelled {
                var pause = Duration.seconds(15)
                do {
                    try await work()
                    await diskCall.works()
                } catch {
                    gateway.logger.error("What is due cannot be done now.", metadata: ["reason": "\(error)"])
                    pause = .seconds(60)
                    if StoreError.isTrouble(error) {
                        pause = .seconds(5)
                        await diskCall.fails()
                    }
                }
                await gateway.scheduleBell.wait(atMost: pause)
                // What comes in one burst is looked at once.
                try? await Task.sleep(for: .milliseconds(50))
            }
        } onGracefulShutdown: {
            self.isStopping.withLockedValue { $0 = true }
            self.gateway.scheduleBell.ring()
        }
    }

    struct Duty: Sendable {
        let name: String
        /// It hangs on the day's date, and waits for a clock that can be believed.
        let isDated: Bool
        let body: @Sendable (Gateway, Transaction, Timestamp) throws -> Void

        init(
            _ name: String, isDated: Bool = true,
            _ body: @escaping @Sendable (Gateway, Transaction, Timestamp) throws -> Void
        ) {
            self.name = name
            self.isDated = isDated
            self.body = body
        }
    }

    /// Everything that may be due, in this order.
    static let duties: [Duty] = [
        Duty("access rates") { try AccessRates($0).take($1, $2) },
        Duty("instalment reminders") { try InstalmentReminders($0).take($1, $2) },
        Duty("expired questions") { try ExpiredQuestions($0).take($1, $2) },
        Duty("job reminders") { try JobDesk($0).remind($1, $2) },
        Duty("what waits for staff") { try WaitingDigest($0).take($1, $2) },
        Duty("wallets") { try WalletWatch($0).take($1, $2) },
        Duty("early reversals") { try ReversalDesk($0).expire($1, $2) },
        Duty("old traces") { try OldTraces().remove($1, $2) },
        Duty("payments that wait", isDated: false) { try ExpiredWaits($0).take($1, $2) },
        Duty("lost tokens", isDated: false) { try LostTokens($0).take($1, $2) },
        Duty("broadcasts", isDated: false) { try Broadcasts($0).keepTime($1, $2) },
        Duty("full SIMs", isDated: false) { try FullStores().look($0.modems.links, $1, $2) },
        Duty("alerts", isDated: false) { try StaffAlerts($0).tell($1, $2) },
    ]

    /// One mark for all duties: they come every few seconds, and each mark is a write.
    private static let round = BegunStep.duty("all")
    /// A duty that stops the program is tried again after so long.
    private static let rest = Duration.seconds(86_400)

    /// Everything that is due now, each duty in a transaction of its own: one that fails holds no other back.
    package func work() async throws {
        let now = gateway.clock.now
        let gateway = gateway
        let (times, setAside) = try await gateway.store.write {
            (try $0.begunSteps.begin(Self.round, at: now), try $0.begunSteps.setAside(.duty))
        }
        let isClockGood = try await gateway.store.write { try ClockWatch(gateway).look($0, now) }
        var failure: (any Error)?
        for duty in Self.duties where isClockGood || !duty.isDated {
            guard try await mayDo(duty, round: times, setAside: setAside[duty.name], now) else { continue }
            do {
                try await gateway.store.write { try duty.body(gateway, $0, now) }
            } catch {
                gateway.logger.error("A duty failed.", metadata: ["duty": "\(duty.name)", "reason": "\(error)"])
                failure = error
            }
        }
        try await gateway.store.write { try $0.begunSteps.end(Self.round) }
        gateway.outboxBells.ring()
        if let failure { throw failure }
    }

    /// After a round that did not end twice nobody knows which duty it was: each is rehearsed. One that stops the
    /// rehearsal rests for a day, and the others go on.
    private func mayDo(_ duty: Duty, round times: Int, setAside: Timestamp?, _ now: Timestamp) async throws -> Bool {
        let step = BegunStep.duty(duty.name)
        if let setAside, now.since(setAside) < Self.rest { return false }
        let isHarmless = await BegunSteps(gateway).isHarmless(step, begun: setAside == nil ? times : .max)
        if isHarmless, setAside == nil { return true }
        try await gateway.store.write { transaction in
            if isHarmless { return try transaction.begunSteps.end(step) }
            try transaction.begunSteps.setAside(step, at: now)
            try transaction.alerts.note(.notice, ["text": "the duty '\(duty.name)': \(BegunSteps.reason)"], at: now)
        }
        return isHarmless
    }
}
