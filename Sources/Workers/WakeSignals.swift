import NIOConcurrencyHelpers

/// The signals of all workers, by kind of work.
package final class WakeSignals: Sendable {
    private let signals = NIOLockedValueBox<[Work: [WakeSignal]]>([:])

    package init() {}

    /// Creates a signal for one worker; `wake` with this kind of work wakes it.
    package func signal(for work: Work) -> WakeSignal {
        let signal = WakeSignal()
        signals.withLockedValue { $0[work, default: []].append(signal) }
        return signal
    }

    /// Wakes all workers of this kind of work.
    package func wake(_ work: Work) {
        for signal in signals.withLockedValue({ $0[work] ?? [] }) { signal.wake() }
    }
}
