import Hummingbird
import NIOConcurrencyHelpers

/// Limits the requests per second, with bursts of ten times that, so that a runaway script cannot occupy the daemon.
struct RequestRate: RouterMiddleware {
    private struct Bucket {
        var left: Double
        var at: ContinuousClock.Instant
    }

    private static let perSecond = 200.0
    private static let burst = 2_000.0

    private let bucket = NIOLockedValueBox(Bucket(left: burst, at: .now))

    func handle(_ request: Request, context: AdminContext, next: (Request, AdminContext) async throws -> Response)
        async throws -> Response
    {
        let isFree = bucket.withLockedValue { bucket in
            let now = ContinuousClock.now
            let seconds = (now - bucket.at) / .seconds(1)
            bucket.left = min(Self.burst, bucket.left + seconds * Self.perSecond)
            bucket.at = now
            guard bucket.left >= 1 else { return false }
            bucket.left -= 1
            return true
        }
        guard isFree else {
            var response = try JSONBody.response(
                APIError("too_many_requests", "more than \(Int(Self.perSecond)) requests a second; wait a moment"),
                status: .tooManyRequests)
            response.headers[.retryAfter] = "1"
            return response
        }
        return try await next(request, context)
    }
}
