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
    private let clock: any WallClock
    private let interrupted: InterruptedSends
    private let logger: Logger
    private let picture: Lanes
    private let senders: [MessageSender]

    package init(_ gateway: Gateway, lanes: [Lane]) {
        steps = gateway.steps
        clock = gateway.clock
        interrupted = InterruptedSends(gateway)
        logger = gateway.logger
        let picture = Lanes(lanes, gateway.company)
        self.picture = picture
        senders = lanes.map { MessageSender(gateway, $0.link, picture) }
    }

    package func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            for sender in senders { group.addTask { await self.serve(sender) } }
        }
    }

    private func serve(_ sender: MessageSender) async {
        await WorkLoop(steps.store.signals.signal(for: .outbox)).run {
            try await self.send(sender)
        } failed: {
            self.logger.error("The outbox cannot be used now.", metadata: ["reason": "\($0)"])
            // The message that this modem was sending is now in doubt.
            try? await self.interrupted.recover(only: sender.modem)
            return .seconds(5)
        }
    }

    /// Recovers messages whose sending a crash interrupted. The part that was being sent is in doubt; the others are
    /// not.
    /// - Throws: `StoreError.unavailable` if the database cannot be read or written.
    package func recover() async throws { try await interrupted.recover() }

    /// Sends what there is for a modem. Returns how long to wait before the next attempt.
    private func send(_ sender: MessageSender) async throws -> Duration {
        if let rest = picture.planner(for: sender.modem, at: clock.now).rest { return rest }
        if try await sender.sendAll() { return .zero }
        let now = clock.now
        let (next, broadcastRuns) = try await steps.read {
            (try $0.outbox.nextTime(), try !$0.broadcasts.running(BroadcastClass.allCases, at: now).isEmpty)
        }
        // A running broadcast with nothing left to send may be finished.
        if broadcastRuns { steps.store.signals.wake(.schedule) }
        return picture.planner(for: sender.modem, at: now)
            .restAfterNothing(next: next, broadcastRuns: broadcastRuns, at: now)
    }
}
