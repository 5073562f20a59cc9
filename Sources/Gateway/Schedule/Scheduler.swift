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

    package init(_ gateway: Gateway) { self.gateway = gateway }

    package func run() async throws {
        await withGracefulShutdownHandler {
            while !isStopping.withLockedValue({ $0 }), !Task.isCancelled {
                var pause = Duration.seconds(15)
                do {
                    try await work()
                } catch {
                    gateway.logger.error("What is due cannot be done now.", metadata: ["reason": "\(error)"])
                    pause = .seconds(60)
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

    private typealias Duty = (name: String, body: @Sendable (Gateway, Transaction, Timestamp) throws -> Void)

    /// Everything that is due now, each duty in a transaction of its own: one that fails holds no other back.
    package func work() async throws {
        let now = gateway.clock.now
        let gateway = gateway
        let isClockGood = try await gateway.store.write { try ClockWatch(gateway).look($0, now) }
        // What hangs on the day's date waits for a clock that can be believed.
        let dated: [Duty] = [
            ("access rates", { try AccessRates($0).take($1, $2) }),
            ("instalment reminders", { try InstalmentReminders($0).take($1, $2) }),
            ("expired questions", { try ExpiredQuestions($0).take($1, $2) }),
            ("job reminders", { try JobDesk($0).remind($1, $2) }),
            ("what waits for staff", { try WaitingDigest($0).take($1, $2) }),
            ("wallets", { try WalletWatch($0).take($1, $2) }),
            ("early reversals", { try ReversalDesk($0).expire($1, $2) }),
            ("old traces", { try OldTraces().remove($1, $2) }),
        ]
        let always: [Duty] = [
            ("payments that wait", { try ExpiredWaits($0).take($1, $2) }),
            ("lost tokens", { try LostTokens($0).take($1, $2) }),
            ("broadcasts", { try Broadcasts($0).keepTime($1, $2) }),
            ("alerts", { try StaffAlerts($0).tell($1, $2) }),
        ]
        var failure: (any Error)?
        for duty in (isClockGood ? dated : []) + always {
            do {
                try await gateway.store.write { try duty.body(gateway, $0, now) }
            } catch {
                gateway.logger.error("A duty failed.", metadata: ["duty": "\(duty.name)", "reason": "\(error)"])
                failure = error
            }
        }
        gateway.outboxBells.ring()
        if let failure { throw failure }
    }
}
