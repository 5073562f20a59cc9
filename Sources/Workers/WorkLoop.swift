import ServiceLifecycle
import Synchronization

/// One worker of the daemon: works until nothing is left, sleeps until it is woken or its pause is over, and stops when
/// the daemon does.
package final class WorkLoop: Sendable {
    private let signal: WakeSignal
    private let stopping = Mutex(false)

    package init(_ signal: WakeSignal) { self.signal = signal }

    /// Whether the loop was told to stop: long work looks at it between two pieces.
    package var isStopping: Bool { stopping.withLock { $0 } || Task.isCancelled }

    /// Runs until the service's graceful shutdown or the task's cancellation.
    /// - Parameters:
    ///   - work: Does what there is, and says how long to sleep at most: `nil` until the next wake, zero not at all.
    ///   - failed: Hears of an error, does what it takes to go on, and says how long to rest at most.
    package func run(
        _ work: @Sendable () async throws -> Duration?, failed: @Sendable (any Error) async -> Duration
    ) async {
        await withGracefulShutdownHandler {
            while !isStopping {
                do {
                    let pause = try await work()
                    if pause == .zero { continue }
                    await signal.wait(timeout: pause)
                } catch {
                    let rest = await failed(error)
                    await signal.wait(timeout: rest)
                }
            }
        } onGracefulShutdown: {
            self.stop()
        }
    }

    package func stop() {
        stopping.withLock { $0 = true }
        signal.wake()
    }
}
