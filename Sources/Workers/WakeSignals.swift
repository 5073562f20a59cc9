import Synchronization

/// The signals of all workers, by the work that each waits for.
package final class WakeSignals: Sendable {
    private let signals = Mutex<[Work: [WakeSignal]]>([:])

    package init() {}

    /// A new signal for one worker, woken whenever there is work of this kind.
    package func signal(for work: Work) -> WakeSignal {
        let signal = WakeSignal()
        signals.withLock { $0[work, default: []].append(signal) }
        return signal
    }

    package func wake(_ work: Work) {
        for signal in signals.withLock({ $0[work] ?? [] }) { signal.wake() }
    }
}
