import NIOConcurrencyHelpers

/// Limits the requests of each caller and of all together.
struct CallerRate: Sendable {
    private struct Bucket {
        var left: Double
        var at: ContinuousClock.Instant
    }

    private static let perSecond = 50.0
    private static let burst = 200.0
    private static let perSecondOfAll = 300.0
    private static let burstOfAll = 1_000.0
    /// More callers than this are forgotten, because a stranger could make up addresses without end.
    private static let mostCallers = 1_000

    private let buckets = NIOLockedValueBox<[String: Bucket]>([:])

    func admits(_ caller: String) -> Bool {
        buckets.withLockedValue { buckets in
            if buckets.count > Self.mostCallers { buckets = [:] }
            return Self.take(&buckets["", default: Self.full(Self.burstOfAll)], Self.perSecondOfAll, Self.burstOfAll)
                && Self.take(&buckets[caller, default: Self.full(Self.burst)], Self.perSecond, Self.burst)
        }
    }

    private static func full(_ burst: Double) -> Bucket { Bucket(left: burst, at: .now) }

    private static func take(_ bucket: inout Bucket, _ perSecond: Double, _ burst: Double) -> Bool {
        let now = ContinuousClock.now
        bucket.left = min(burst, bucket.left + (now - bucket.at) / .seconds(1) * perSecond)
        bucket.at = now
        guard bucket.left >= 1 else { return false }
        bucket.left -= 1
        return true
    }
}
