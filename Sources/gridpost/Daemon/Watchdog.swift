import Domain
import ServiceLifecycle
import Store

/// Notifies systemd's watchdog after each successful database write. systemd restarts a daemon that cannot write,
/// or that does not finish a message or a duty.
struct Watchdog: Service {
    /// The longest time that a work item may take. Most take milliseconds.
    private static let timeout = Duration.seconds(120)

    let notice: ServiceManagerNotice
    let store: Store

    func run() async throws {
        // Without a watchdog the service only waits for the shutdown.
        let interval = notice.watchdogInterval ?? .seconds(86_400)
        try? await cancelWhenGracefulShutdown {
            let clock = ContinuousClock()
            /// Since when each work item has been in progress. An item that was begun again counts anew.
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
