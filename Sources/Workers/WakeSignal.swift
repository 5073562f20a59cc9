import NIOConcurrencyHelpers

/// Wakes one waiting task. A wake without a waiting task is kept for the next wait.
package final class WakeSignal: Sendable {
    private struct State {
        var isAwake = false
        var waiter: CheckedContinuation<Void, Never>?
        var wait = 0
        /// The last wait that timed out or was cancelled before its task was suspended.
        var expired = 0
    }

    private let state = NIOLockedValueBox(State())

    package init() {}

    /// Ends the current wait, or else the next one.
    package func wake() {
        state.withLockedValue { state -> CheckedContinuation<Void, Never>? in
            defer { state.waiter = nil }
            if state.waiter == nil { state.isAwake = true }
            return state.waiter
        }?.resume()
    }

    /// Suspends until `wake`, the timeout or the task's cancellation. Only one task may wait at a time.
    package func wait(timeout: Duration? = nil) async {
        let wait = state.withLockedValue { state in
            state.wait += 1
            return state.wait
        }
        let timer = timeout.map { timeout in
            Task {
                try? await Task.sleep(for: timeout)
                self.release(wait)
            }
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let returnsAtOnce = state.withLockedValue { state in
                    if state.isAwake || state.expired == wait || Task.isCancelled {
                        state.isAwake = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if returnsAtOnce { continuation.resume() }
            }
        } onCancel: {
            self.release(wait)
        }
        timer?.cancel()
    }

    private func release(_ wait: Int) {
        state.withLockedValue { state -> CheckedContinuation<Void, Never>? in
            guard state.wait == wait else { return nil }
            if state.waiter == nil { state.expired = wait }
            defer { state.waiter = nil }
            return state.waiter
        }?.resume()
    }
}
