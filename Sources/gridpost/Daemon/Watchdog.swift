import Domain
import ServiceLifecycle
import Store

/// Feeds systemd's watchdog after a round trip through the store's writer: a daemon that cannot write is restarted.
struct Watchdog: Service {
    let notice: ServiceManagerNotice
    let store: Store

    func run() async throws {
        // Without a watchdog there is nothing to do but to be there.
        let interval = notice.watchdogInterval ?? .seconds(86_400)
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                if notice.watchdogInterval != nil, (try? await store.write { _ in true }) == true { notice.alive() }
                try await Task.sleep(for: interval)
            }
        }
    }
}
