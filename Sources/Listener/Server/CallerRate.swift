import NIOConcurrencyHelpers

/// Limits the requests to one address of the listener: those of each caller, and of all that may call.
struct CallerRate: Sendable {
    private struct Bucket {
        var left: Double
        var at: ContinuousClock.Instant

        mutating func take(_ perSecond: Double, _ burst: Double) -> Bool {
            let now = ContinuousClock.now
            left = min(burst, left + (now - at) / .seconds(1) * perSecond)
            at = now
            guard left >= 1 else { return false }
            left -= 1
            return true
        }
    }

    private struct State {
        var all = Bucket(left: burstOfAll, at: .now)
        var callers: [String: Bucket] = [:]
    }

    private static let perSecond = 50.0
    private static let burst = 200.0
    private static let perSecondOfAll = 200.0
    private static let burstOfAll = 1_000.0
    /// More callers than this are forgotten, because a stranger could make up addresses without end.
    private static let mostCallers = 1_000

    private let state = NIOLockedValueBox(State())

    /// Whether a caller may make one more request. `isListed`: only listed callers share the limit of all, so that
    /// strangers cannot use it up.
    func admits(_ caller: String, isListed: Bool) -> Bool {
        state.withLockedValue { state in
            if state.callers.count >= Self.mostCallers { state.callers = [:] }
            guard
                state.callers[caller, default: Bucket(left: Self.burst, at: .now)].take(Self.perSecond, Self.burst)
            else { return false }
            return !isListed || state.all.take(Self.perSecondOfAll, Self.burstOfAll)
        }
    }
}
