import Domain
import ServiceLifecycle
import Store

/// Feeds systemd's watchdog after a round trip through the store's writer: a daemon that cannot write is restarted, and
/// one that does not come to the end of a message or a duty too.
struct Watchdog: Service {
    /// The longest a step may take: they take milliseconds.
    private static let timeout = Duration.seconds(120)

    let notice: ServiceManagerNotice
    let store: Store

    func run() async throws {
        // Without a watchdog there is nothing to do but to be there.
        let interval = notice.watchdogInterval ?? .seconds(86_400)
        try? await cancelWhenGracefulShutdown {
            let clock = ContinuousClock()
            /// Since when each step in hand has been looked at; a step that began anew is another.
            var seen: [WorkItem: (began: Timestamp, since: ContinuousClock.Instant)] = [:]
            while !Task.isCancelled {
                if notice.watchdogInterval != nil,
                    let steps = try? await store.write({ try $0.workItems.inHand([.inbox, .duty]) })
                {
                    let earlier = seen
                    seen = [:]
                    for (step, began) in steps {
                        let known = earlier[step].flatMap { $0.began == began ? $0 : nil }
                        seen[step] = known ?? (began, clock.now)
                    }
                    if !seen.values.contains(where: { clock.now - $0.since > Self.timeout }) { notice.alive() }
                }
                try await Task.sleep(for: interval)
            }
        }
    }
}
