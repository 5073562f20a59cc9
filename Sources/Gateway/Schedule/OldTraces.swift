import Domain
import Store

/// Removes what is only kept for a while: events for listeners, answers for repeated requests.
struct OldTraces: Sendable {
    private static let events: Int64 = 100_000
    private static let answers = Duration.seconds(7 * 86_400)

    func remove(_ transaction: Transaction, _ now: Timestamp) throws {
        try transaction.events.prune(keeping: Self.events)
        try transaction.answeredRequests.prune(before: now.adding(.zero - Self.answers))
    }
}
