import ServiceLifecycle
import NIOConcurrencyHelpers

/// The loop of one worker of the daemon: it works until no work is left, sleeps until it is woken or its pause ends,
/// and stops with the daemon.
package final class WorkLoop: Sendable {
    private let signal: WakeSignal
    private let stopping = NIOLockedValueBox(false)

    package init(_ signal: WakeSignal) { self.signal = signal }

    /// Whether the loop has been told to stop. Long work should check it between steps.
    package var isStopping: Bool { stopping.withLockedValue { $0 } || Task.isCancelled }

    /// Runs until the service's graceful shutdown or the task's cancellation.
    /// - Parameters:
    ///   - work: Does the available work and returns the longest sleep: `nil` until the next wake, zero for none.
    ///   - failed: Handles an error of `work` and returns the longest sleep before the next attempt.
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

    /// Ends the loop after the current work.
    package func stop() {
        stopping.withLockedValue { $0 = true }
        signal.wake()
    }
}
