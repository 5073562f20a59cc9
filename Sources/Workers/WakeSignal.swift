import NIOConcurrencyHelpers

/// Wakes one waiting task. A wake without a waiting task is kept for the next wait.
package final class WakeSignal: Sendable {
    private struct State {
        var isAwake = false
        var waiter: CheckedContinuation<Bool, Never>?
        var wait = 0
        /// The last wait that timed out or was cancelled before its task was suspended.
        var expired = 0
    }

    private let state = NIOLockedValueBox(State())

    package init() {}

    /// Ends the current wait, or else the next one.
    package func wake() {
        state.withLockedValue { state -> CheckedContinuation<Bool, Never>? in
            defer { state.waiter = nil }
            if state.waiter == nil { state.isAwake = true }
            return state.waiter
        }?.resume(returning: true)
    }

    /// Suspends until `wake`, the timeout or the task's cancellation. Only one task may wait at a time. Returns whether it
    /// was woken.
    @discardableResult
    package func wait(timeout: Duration? = nil) async -> Bool {
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
        defer { timer?.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Bool, Never>) in
                let atOnce = state.withLockedValue { state -> Bool? in
                    if state.isAwake || state.expired == wait || Task.isCancelled {
                        defer { state.isAwake = false }
                        return state.isAwake
                    }
                    state.waiter = continuation
                    return nil
                }
                if let atOnce { continuation.resume(returning: atOnce) }
            }
        } onCancel: {
            self.release(wait)
        }
    }

    private func release(_ wait: Int) {
        state.withLockedValue { state -> CheckedContinuation<Bool, Never>? in
            guard state.wait == wait else { return nil }
            if state.waiter == nil { state.expired = wait }
            defer { state.waiter = nil }
            return state.waiter
        }?.resume(returning: false)
    }
}
