import Domain

/// Decides whether a modem looks for a message, which recipients are its own, and how long it rests. A pure function of
/// the modems as they stand and of what waits.
struct SendingPlanner: Sendable {
    /// One modem as it stands.
    struct Lane: Sendable, Hashable {
        var name: String
        /// Networks whose numbers it is preferred for.
        var networks: [String] = []
        var isReady = true
        /// How long each share of its allowance rests; a share that is not named may be used now.
        var waits: [ModemLimits.Share: Duration] = [:]

        func mayUse(_ share: ModemLimits.Share) -> Bool { isReady && waits[share] == nil }
    }

    let lane: Lane
    let others: [Lane]
    let plan: NumberPlan

    /// A modem that is away wakes its sender when it comes back.
    private static let away = Duration.seconds(60)
    /// Without anything that waits.
    private static let idle = Duration.seconds(3_600)
    /// While a broadcast runs: for its hours, for the modem's allowance, or for its failed messages' next try.
    private static let betweenBroadcasts = Duration.seconds(10)

    /// How long the modem rests before it looks for a message at all; `nil` when it may look now.
    var rest: Duration? { lane.isReady ? lane.waits[.tokens] : Self.away }

    /// With several modems another one's messages may stand before its own.
    var window: Int { others.isEmpty ? 1 : 500 }

    /// Whether the modem sends to a recipient. One of the recipient's own network is preferred while it may be used.
    func takes(_ recipient: PhoneNumber, _ share: ModemLimits.Share) -> Bool {
        guard lane.mayUse(share) else { return false }
        guard let network = plan.network(of: recipient), !lane.networks.contains(network) else { return true }
        return !others.contains { $0.mayUse(share) && $0.networks.contains(network) }
    }

    /// How long the modem rests when it found nothing to send.
    ///
    /// - Parameters:
    ///   - next: When the next message is due, broadcasts left out; `nil` when none waits.
    ///   - broadcastRuns: Whether a broadcast has messages left.
    func restAfterNothing(next: Timestamp?, broadcastRuns: Bool, at now: Timestamp) -> Duration {
        let idle =
            broadcastRuns ? min(lane.waits[.broadcasts] ?? Self.betweenBroadcasts, Self.betweenBroadcasts) : Self.idle
        guard let next else { return idle }
        // Tokens wake the sender; what else waits may go when the modem has rested.
        if next <= now, let wait = lane.waits[.others] { return min(wait, idle) }
        // What is due and not for this modem is in another's hands; its sender is woken when that changes.
        return min(next > now ? next.since(now) : .seconds(1), idle)
    }
}
