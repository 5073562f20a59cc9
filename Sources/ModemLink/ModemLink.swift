import Foundation
import Logging
import ModemMessages
import NIOConcurrencyHelpers
import ServiceLifecycle
import Workers

/// The daemon's side of one modem: starts its process, keeps it alive, and passes on what it says.
package final class ModemLink: Service, Sendable {
    /// How the modem is doing, for people.
    package enum Condition: Sendable, Hashable {
        case starting
        case ready(ModemIdentity)
        /// Down since the link began or the process ended; tried again.
        case down(reason: String)
        /// Down until a person does something; not tried again with this PIN.
        case needsOperator(reason: String)
    }

    private struct State {
        var condition = Condition.starting
        var status: ModemStatus?
        /// The process whose modem is open.
        var child: ModemChannel?
        /// The process that runs, open or not.
        var starting: ModemChannel?
        var deadly = DeadlyPlaces()
        /// Since when a store is nearly full.
        var fullSince: ContinuousClock.Instant?
        var isBusy = false
        var line: [CheckedContinuation<Void, Never>] = []
        var isStopping = false
        var restarts = 0
    }

    /// Takes events, and answers with the places that are safe to delete, once they are on disk.
    package typealias Commit = @Sendable ([ModemEvent], ModemLink) async -> [StoredPlace]

    package let configuration: ModemConfiguration
    private let commit: Commit
    private let pins: any PINMemory
    private let onChange: @Sendable () -> Void
    private let logger: Logger
    private let state = NIOLockedValueBox(State())
    private let eventSignal = WakeSignal()
    /// So many events wait for the disk before the modem process is not read any more.
    private let queue = EventQueue(capacity: 1_000)
    /// A look through the stores goes on only while fewer wait.
    private static let eventsBeforeLook = 300
    /// A store that is so full, in percent, may soon take no more messages.
    package static let nearlyFull = 70
    /// Rung once: when the link is to stop.
    private let stopSignal = WakeSignal()

    /// `onChange` is called when the modem became ready or stopped being so.
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
    /// For how long a store of the modem has been nearly full.
    package var fullFor: Duration? { state.withLockedValue { $0.fullSince.map { .now - $0 } } }
    /// The modem process, where it is a child of this one.
    package var process: pid_t? { state.withLockedValue { $0.starting?.process } }

    package var isReady: Bool {
        if case .ready = condition { true } else { false }
    }

    // MARK: Life

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
            // Whoever waits for the modem's answer is told at once that there will be none.
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

    private var isStopping: Bool { Task.isCancelled || state.withLockedValue { $0.isStopping } }

    private func keepAlive() async {
        var supervision = ModemSupervision()
        while !isStopping {
            let started = ContinuousClock.now
            let failure = await liveOnce()
            guard !isStopping else { break }
            if isReady { supervision.becameReady() }
            let decision = supervision.ended(
                failure, after: ContinuousClock.now - started, jitter: Double.random(in: 0.8...1.2))
            state.withLockedValue { state in
                state.condition = decision.condition
                state.status = nil
                state.restarts += 1
            }
            onChange()
            if decision.isNews {
                logger.log(
                    level: failure?.needsOperator ?? false ? .error : .warning, "The modem is not available.",
                    metadata: ["reason": "\(failure?.description ?? "the modem process ended")"])
            }
            await stopSignal.wait(timeout: decision.pause)
        }
        state.withLockedValue { $0.condition = .down(reason: "stopped") }
    }

    /// One process from start to end. The failure that ended it, `nil` when it ended without a word.
    private func liveOnce() async -> ModemFailure? {
        // Behind a socket the process has another view of the devices than the daemon, and looks for itself.
        if case .child = configuration.reach,
            !FileManager.default.fileExists(atPath: configuration.settings.device)
        {
            return ModemFailure(verdict: .modemTrouble, reason: "\(configuration.settings.device) is not there")
        }
        // This process's own: the end of an earlier one must not cut a waiting time short.
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
            let isNews = state.withLockedValue { state in
                state.child = nil
                state.starting = nil
                guard let place else { return false }
                state.deadly.ended(at: place)
                return true
            }
            if isNews, let place {
                logger.warning(
                    "The modem process ended while it read a message; the next one goes around it.",
                    metadata: ["place": "\(place)"])
            }
        }
        if isStopping { return nil }
        var pause = configuration.pollInterval
        do {
            let answer = try await SIMOpening(configuration, pins, avoiding: state.withLockedValue { $0.deadly.all })
                .open(child)
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
        // Indications get lost, and messages may wait from before: read everything first and from time to time.
        while !isStopping {
            onChange()
            if let failure = await look() { return failure }
            await ended.wait(timeout: pause)
            if child.isGone { return nil }
            // A process that wants to be asked again and again is not asked without a pause.
            await stopSignal.wait(timeout: Self.shortestPause)
        }
        return nil
    }

    private static let shortestPause = Duration.milliseconds(300)

    private func look() async -> ModemFailure? {
        var fromStart = true
        // Sends take their turn in between.
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

    /// What in an answer ends the process.
    private func failure(_ answer: Result<ModemAnswer, CallFailure>) -> ModemFailure? {
        switch answer {
        case .success(.failed(let failure)):
            if failure.verdict == .modemTrouble { return failure }
            logger.warning("The modem could not be read.", metadata: ["reason": "\(failure)"])
            return nil
        case .success: return nil
        case .failure: return ModemFailure(verdict: .modemTrouble, reason: "the modem stopped answering")
        }
    }

    // MARK: Calls

    /// Sends one part. When the process ends before it answers, nobody knows what became of the part.
    package func send(_ part: OutgoingPart) async -> SendOutcome {
        guard isReady else {
            return .failed(ModemFailure(verdict: .modemTrouble, reason: "the modem is not ready"))
        }
        switch await call(.send(part), deadline: configuration.sendDeadline) {
        case .success(.sent(let outcome)): return outcome
        case .success(.failed(let failure)): return .failed(failure)
        case .success:
            return .failed(ModemFailure(verdict: .unknown, reason: "the modem process gave a wrong answer"))
        case .failure(.notStarted):
            return .failed(ModemFailure(verdict: .modemTrouble, reason: "the modem is not ready"))
        case .failure(.ended):
            return .failed(
                ModemFailure(verdict: .unknown, reason: "the modem process ended in the middle of a message"))
        }
    }

    private enum CallFailure: Error {
        case notStarted
        case ended
    }

    /// One call at a time, so that a deadline counts from the call's own beginning.
    private func call(_ body: ModemCommand.Body, deadline: Duration) async -> Result<ModemAnswer, CallFailure> {
        await takeTurn()
        defer { passTurn() }
        guard let child = state.withLockedValue({ $0.child }) else { return .failure(.notStarted) }
        do {
            return .success(try await child.call(body, deadline: deadline))
        } catch is ModemChannel.NotAsked {
            return .failure(.notStarted)
        } catch {
            return .failure(.ended)
        }
    }

    private func takeTurn() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLockedValue { state in
                if state.isBusy {
                    state.line.append(continuation)
                    return false
                }
                state.isBusy = true
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    private func passTurn() {
        state.withLockedValue { state -> CheckedContinuation<Void, Never>? in
            guard !state.line.isEmpty else {
                state.isBusy = false
                return nil
            }
            return state.line.removeFirst()
        }?.resume()
    }

    // MARK: Events

    /// Commits what came in, then lets the modem delete it. What came while a batch was being written shares the next.
    private func passOnEvents() async {
        while true {
            let events = queue.takeAll()
            if events.isEmpty {
                if isStopping { return }
                await eventSignal.wait()
                continue
            }
            let places = await commit(events, self)
            // Reading without libgammu costs a new start of it: those are deleted together.
            await delete(places.filter { !$0.isRaw }, atOnce: 10)
            await delete(places.filter(\.isRaw), atOnce: 50)
        }
    }

    /// A few at a time: sends wait for their turn in between.
    private func delete(_ places: [StoredPlace], atOnce count: Int) async {
        var places = places[...]
        while !places.isEmpty, !isStopping {
            let some = Array(places.prefix(count))
            places = places.dropFirst(count)
            guard case .success = await call(.delete(some), deadline: configuration.callDeadline) else { break }
        }
    }
}
