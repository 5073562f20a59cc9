import NIOConcurrencyHelpers

/// Notifies listeners that a transaction with events was committed. The events are in the database.
package final class Announcements: Sendable {
    private struct State: Sendable {
        var next = 0
        var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
    }

    private let state = NIOLockedValueBox(State())

    package init() {}

    /// A stream with one element after each commit with events; pending elements are merged into one.
    package func listen() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let number = state.withLockedValue { state in
                state.next += 1
                state.listeners[state.next] = continuation
                return state.next
            }
            continuation.onTermination = { [weak self] _ in
                self?.state.withLockedValue { _ = $0.listeners.removeValue(forKey: number) }
            }
        }
    }

    /// Notifies all listeners.
    package func ring() {
        let listeners = state.withLockedValue { Array($0.listeners.values) }
        for listener in listeners { listener.yield() }
    }
}
