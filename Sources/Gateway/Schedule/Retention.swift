import Store

/// Removes old events for listeners and old answers to repeated requests.
struct Retention: Sendable {
    private static let events: Int64 = 100_000
    private static let answers = Duration.seconds(7 * 86_400)

    func remove(_ step: Step) throws {
        try step.events.prune(keeping: Self.events)
        try step.answeredRequests.prune(before: step.ago(Self.answers))
    }
}
