import Foundation
import Logging
import ModemMessages
import NIOConcurrencyHelpers
import ServiceLifecycle
import Workers

/// The daemon's side of one modem: starts its process, restarts it after failures, and forwards its events.
package final class ModemLink: Service, Sendable {
    /// The state of the modem, for people.
    package enum Condition: Sendable, Hashable {
        case starting
        case ready(ModemIdentity)
        /// Not available since the link started or the process ended; the link retries.
        case down(reason: String)
        /// Not available until an operator acts. The link looks again, but does not send this PIN again.
        case needsOperator(reason: String)
    }

    struct State {
        var condition = Condition.starting
        var status: ModemStatus?
        /// The process whose modem is open.
        var child: ModemChannel?
        /// The running process, whether its modem is open or not.
        var starting: ModemChannel?
        var deadly = DeadlyPlaces()
        /// When a store became nearly full.
        var fullSince: ContinuousClock.Instant?
        var isBusy = false
        var line: [CheckedContinuation<Void, Never>] = []
        var isStopping = false
        var restarts = 0
        /// The open USSD session, and the number of the newest.
        var session: USSDSession?
        var lastSession = 0
        /// The calls that wait until it is over.
        var sessionWaiters: [CheckedContinuation<Void, Never>] = []
        /// The sends that wait for their turn.
        var waitingSends = 0
    }

    /// Writes events to disk and returns the locations that are then safe to delete.
    package typealias Commit = @Sendable ([ModemEvent], ModemLink) async -> [StoredPlace]

    package let configuration: ModemConfiguration
    private let commit: Commit
    private let pins: any PINMemory
    private let onChange: @Sendable () -> Void
    private let logger: Logger
    let state = NIOLockedValueBox(State())
    private let eventSignal = WakeSignal()
    /// Events that wait for the disk; when the queue is full, the modem process is not read.
    private let queue = EventQueue(capacity: 1_000)
    /// A scan of the stores continues only while fewer events wait.
    private static let eventsBeforeLook = 300
    /// The fill level in percent from which a store may soon reject messages.
    package static let nearlyFull = 70
    /// Signalled once, to stop the link.
    private let stopSignal = WakeSignal()

    /// `onChange` is called when the modem becomes ready or stops being ready.
    package init(
        _ configuration: ModemConfiguration, logger: Logger, pins: any PINMemory = PINsOfThisRun(),
        commit: @escaping Commit, onChange: @escaping @Sendable () -> Void
    ) {
        self.configuration = configuration
        self.commit = commit
        self.pins = pins
        self.onChange = onChange
        var logger = logger
        logger[metadataKey: "modem.name"] = "\(configuration.name)"
        self.logger = logger
    }

    package var name: String { configuration.name }
    package var condition: Condition { state.withLockedValue { $0.condition } }
    package var status: ModemStatus? { state.withLockedValue { $0.status } }
    package var restarts: Int { state.withLockedValue { $0.restarts } }
    /// How long a store of the modem has been nearly full.
    package var fullFor: Duration? { state.withLockedValue { $0.fullSince.map { .now - $0 } } }
    /// The process id of the modem process, if it is a child.
    package var process: pid_t? { state.withLockedValue { $0.starting?.process } }

    package var isReady: Bool {
        if case .ready = condition { true } else { false }
    }

    // MARK: Life cycle

    /// Runs the link until the service is shut down or cancelled. The protocol requires `throws`; it never throws.
    package func run() async throws {
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await self.passOnEvents() }
                    await self.keepAlive()
                    eventSignal.wake()
                }
            } onGracefulShutdown: {
                self.stop()
            }
        } onCancel: {
            // Pending calls fail at once, because there will be no answer.
            self.state.withLockedValue { $0.starting }?.kill()
            self.stopSignal.wake()
            self.eventSignal.wake()
        }
    }

    private func stop() {
        let child = state.withLockedValue { state in
            state.isStopping = true
            return state.starting
        }
        stopSignal.wake()
        eventSignal.wake()
        child?.finish()
    }

    /// Ends the modem process. The link starts a new one, which opens the modem again.
    package func reset() { state.withLockedValue { $0.starting }?.kill() }

    private var isStopping: Bool { Task.isCancelled || state.withLockedValue { $0.isStopping } }

    private func keepAlive() async {
        var supervision = ModemSupervision()
        var restart: ModemRestart?
        while !isStopping {
            let started = ContinuousClock.now
            let failure = await liveOnce(restart)
            guard !isStopping else { break }
            if isReady { supervision.becameReady() }
            let decision = supervision.ended(
                failure, after: ContinuousClock.now - started, jitter: Double.random(in: 0.8...1.2))
            state.withLockedValue { state in
                state.condition = decision.condition
                state.status = nil
                state.restarts += 1
            }
            restart = decision.restart
            onChange()
            if decision.isNews {
                logger.log(
                    level: failure?.needsOperator ?? false ? .error : .warning, "The modem is not available.",
                    metadata: ["reason": "\(decision.condition.reason ?? "")"])
            }
            await stopSignal.wait(timeout: decision.pause)
        }
        state.withLockedValue { $0.condition = .down(reason: "stopped") }
    }

    /// Runs one process from start to end. Returns the failure that ended it; `nil` if it ended without one.
    private func liveOnce(_ restart: ModemRestart?) async -> ModemFailure? {
        // A process started by systemd has another view of the devices than the daemon, and checks them itself.
        if case .child = configuration.reach,
            !FileManager.default.fileExists(atPath: configuration.settings.device)
        {
            return ModemFailure(
                verdict: .modemTrouble, reason: "\(configuration.settings.device) does not exist", kind: .noPort)
        }
        // A signal for this process only: the end of an earlier one must not shorten a delay.
        let ended = WakeSignal()
        let child: ModemChannel
        do {
            child = ModemChannel(
                try ModemConnection(configuration.reach), queue: queue,
                onNews: { news in
                    switch news {
                    case .event: self.eventSignal.wake()
                    case .survived(let location): self.state.withLockedValue { $0.deadly.survived(location) }
                    case .wantsPoll: ended.wake()
                    }
                },
                onEnd: { ended.wake() })
        } catch {
            return error
        }
        state.withLockedValue { $0.starting = child }
        defer {
            let place = child.endedAt
            child.kill()
            closeUSSD()
            let isNews = state.withLockedValue { state in
                state.child = nil
                state.starting = nil
                guard let place else { return false }
                state.deadly.ended(at: place)
                return true
            }
            if isNews, let place {
                logger.warning(
                    "The modem process ended while it read a message; the next process will avoid this location.",
                    metadata: ["place": "\(place)"])
            }
        }
        if isStopping { return nil }
        var pause = configuration.pollInterval
        do {
            let answer = try await SIMOpening(configuration, pins, avoiding: state.withLockedValue { $0.deadly.all })
                .open(child, restart)
            switch answer {
            case .opened(let identity):
                if !identity.indicates { pause = configuration.blindPollInterval }
                state.withLockedValue { state in
                    state.condition = .ready(identity)
                    state.child = child
                }
                logger.info(
                    "The modem is ready.",
                    metadata: ["modem.model": "\(identity.model)", "modem.smsc": "\(identity.smsc)"])
            case .failed(let failure): return failure
            default: return ModemFailure(verdict: .modemTrouble, reason: "the modem process gave a wrong answer")
            }
        } catch {
            return ModemFailure(verdict: .modemTrouble, reason: "the modem did not become ready in time")
        }
        // Indications can get lost, and messages may be stored already, so all stores are read now and periodically.
        while !isStopping {
            onChange()
            if let failure = await look() { return failure }
            if let failure = await rest(pause, until: ended, child) { return failure }
            if child.isGone { return nil }
            // Limits the rate if the process requests polls continuously.
            await stopSignal.wait(timeout: Self.shortestPause)
        }
        return nil
    }

    /// Waits for `pause` or until `ended` wakes, and asks the modem for a sign of life in between.
    private func rest(_ pause: Duration, until ended: WakeSignal, _ child: ModemChannel) async -> ModemFailure? {
        let end = ContinuousClock.now + pause
        while true {
            let left = end - .now
            guard left > .zero else { return nil }
            if await ended.wait(timeout: min(left, configuration.pingInterval)) || isStopping || child.isGone {
                return nil
            }
            if left <= configuration.pingInterval { return nil }
            if let failure = failure(await call(.ping, deadline: configuration.pingDeadline)) { return failure }
        }
    }

    private static let shortestPause = Duration.milliseconds(300)

    private func look() async -> ModemFailure? {
        var fromStart = true
        // Sends can run between the calls.
        while !isStopping {
            switch await call(.poll(fromStart: fromStart), deadline: configuration.callDeadline) {
            case .success(.polled(let polled)):
                state.withLockedValue { $0.deadly.update(polled.avoided) }
                if polled.isComplete { return await askStatus() }
                fromStart = false
            case let other:
                if let failure = failure(other) { return failure }
                return await askStatus()
            }
            while queue.count > Self.eventsBeforeLook, !isStopping { await stopSignal.wait(timeout: .milliseconds(50)) }
        }
        return nil
    }

    private func askStatus() async -> ModemFailure? {
        let answer = await call(.status, deadline: configuration.callDeadline)
        if case .success(.status(let status)) = answer {
            let isFull = status.storePercent.map { $0 >= Self.nearlyFull } ?? false
            state.withLockedValue { state in
                state.status = status
                state.fullSince = isFull ? state.fullSince ?? .now : nil
            }
        }
        return failure(answer)
    }

    /// The failure in an answer that must end the process; `nil` if there is none.
    func failure(_ answer: Result<ModemAnswer, CallFailure>) -> ModemFailure? {
        switch answer {
        case .success(.failed(let failure)):
            if failure.verdict == .modemTrouble { return failure }
            logger.warning("The modem could not be read.", metadata: ["reason": "\(failure)"])
            return nil
        case .success: return nil
        case .failure: return ModemFailure(verdict: .modemTrouble, reason: "the modem stopped answering")
        }
    }

    // MARK: Events

    /// Commits events, then has the modem delete the messages. Events that arrive meanwhile form the next batch.
    private func passOnEvents() async {
        while true {
            let events = queue.takeAll()
            if events.isEmpty {
                if isStopping { return }
                await eventSignal.wait()
                continue
            }
            let places = await commit(events, self)
            // Raw access requires restarting libgammu, so these messages are deleted in larger batches.
            await delete(places.filter { !$0.isRaw }, atOnce: 4)
            await delete(places.filter(\.isRaw), atOnce: 50)
        }
    }

    /// Deletes a few at a time, because sends wait meanwhile.
    private func delete(_ places: [StoredPlace], atOnce count: Int) async {
        var places = places[...]
        while !places.isEmpty, !isStopping {
            let some = Array(places.prefix(count))
            places = places.dropFirst(count)
            guard case .success = await call(.delete(some), deadline: configuration.callDeadline) else { break }
        }
    }
}
