import Domain
import Store

/// Decides whether a modem may look for a message, which recipients it serves and how long it waits. It is a pure
/// function of the state of the modems and the waiting messages.
struct SendingPlanner: Sendable {
    /// The state of one modem.
    struct Lane: Sendable, Hashable {
        var name: String
        /// Networks whose numbers are preferably sent through this modem.
        var networks: [String] = []
        var isReady = true
        /// Whether the modem is registered with its network, or does not say.
        var isRegistered = true
        /// Whether its SIM refused message after message while other modems sent theirs.
        var isBarred = false
        /// How long each share of the limits must wait; shares that are not listed may send now.
        var waits: [ModemLimits.Share: Duration] = [:]

        func mayUse(_ share: ModemLimits.Share) -> Bool { isReady && waits[share] == nil }

        /// Whether there is no reason to prefer another modem.
        var isSound: Bool { isRegistered && !isBarred }
    }

    let lane: Lane
    let others: [Lane]
    let plan: NumberPlan

    /// Wait for a modem that is away. It wakes its sender when it comes back.
    private static let away = Duration.seconds(60)
    /// Wait when no message is waiting.
    private static let idle = Duration.seconds(3_600)
    /// Wait while a broadcast runs: for its hours, the modem's limits, or the retry of failed messages.
    private static let betweenBroadcasts = Duration.seconds(10)

    /// How long the modem must wait before it looks for a message; `nil` if it may look now.
    var rest: Duration? { lane.isReady ? lane.waits[.tokens] : Self.away }

    /// Number of waiting messages to look at. With several modems, messages for another modem may come first.
    var window: Int { others.isEmpty ? 1 : 500 }

    /// Whether the modem sends a message. Of the modems that may send, those come first that have not refused it, then
    /// those that are registered and not barred, then those preferred for the recipient's network.
    func takes(_ message: OutboxRecords.Candidate, _ share: ModemLimits.Share) -> Bool {
        guard lane.mayUse(share) else { return false }
        let network = plan.network(of: message.recipient)
        func rank(_ lane: Lane) -> Int {
            (message.refusedBy.contains(lane.name) ? 0 : 4) + (lane.isSound ? 2 : 0)
                + (network.map(lane.networks.contains) ?? false ? 1 : 0)
        }
        let own = rank(lane)
        return !others.contains { $0.mayUse(share) && rank($0) > own }
    }

    /// Whether another modem that has not refused a message could send it now, within this share of its limits. A modem
    /// whose share is used up is none: the message would come back at once.
    func hasAlternative(_ share: ModemLimits.Share, refusedBy: Set<String>) -> Bool {
        others.contains { $0.mayUse(share) && $0.isSound && !refusedBy.contains($0.name) }
    }

    /// Whether another modem has not refused a message, even if it cannot send now.
    func hasOther(refusedBy: Set<String>) -> Bool { others.contains { !refusedBy.contains($0.name) } }

    /// How long the modem waits after it found nothing to send.
    ///
    /// `next` is when the next message other than a broadcast is due, `nil` if none is waiting; `broadcastRuns` is whether
    /// a broadcast has messages left.
    func restAfterNothing(next: Timestamp?, broadcastRuns: Bool, at now: Timestamp) -> Duration {
        let idle =
            broadcastRuns ? min(lane.waits[.broadcasts] ?? Self.betweenBroadcasts, Self.betweenBroadcasts) : Self.idle
        guard let next else { return idle }
        // Tokens wake the sender; other messages may be sent once the modem's limits allow.
        if next <= now, let wait = lane.waits[.others] { return min(wait, idle) }
        // Due messages that are not for this modem are left to another one; its sender is woken if that changes.
        return min(next > now ? next.since(now) : .seconds(1), idle)
    }
}
