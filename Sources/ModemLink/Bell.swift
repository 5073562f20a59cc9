import NIOConcurrencyHelpers

/// Wakes one waiting task. A ring that nobody waits for is kept until somebody does.
package final class Bell: Sendable {
    private struct State {
        var isRung = false
        var waiter: CheckedContinuation<Void, Never>?
        var ticket = 0
        /// The last ticket whose time was over before its waiter was there.
        var expired = 0
    }

    private let state = NIOLockedValueBox(State())

    package init() {}

    package func ring() {
        state.withLockedValue { state -> CheckedContinuation<Void, Never>? in
            defer { state.waiter = nil }
            if state.waiter == nil { state.isRung = true }
            return state.waiter
        }?.resume()
    }

    /// Returns when the bell rings, after `atMost`, or when the task is cancelled. For one task at a time.
    package func wait(atMost limit: Duration? = nil) async {
        let ticket = state.withLockedValue { state in
            state.ticket += 1
            return state.ticket
        }
        let timer = limit.map { limit in
            Task {
                try? await Task.sleep(for: limit)
                self.release(ticket)
            }
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLockedValue { state in
                    if state.isRung || state.expired == ticket || Task.isCancelled {
                        state.isRung = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            self.release(ticket)
        }
        timer?.cancel()
    }

    private func release(_ ticket: Int) {
        state.withLockedValue { state -> CheckedContinuation<Void, Never>? in
            guard state.ticket == ticket else { return nil }
            if state.waiter == nil { state.expired = ticket }
            defer { state.waiter = nil }
            return state.waiter
        }?.resume()
    }
}
