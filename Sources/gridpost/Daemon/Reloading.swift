import Gateway
import Logging
import ServiceLifecycle
import UnixSignals

/// Reloads templates and formats on SIGHUP. If they have faults, the previous ones stay in use.
struct Reloading: Service {
    let library: CurrentLibrary
    let notice: ServiceManagerNotice
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in await UnixSignalsSequence(trapping: .sighup) {
                notice.reloading()
                do {
                    try library.reload(proving: true)
                    logger.info("Templates and formats were reloaded.")
                } catch {
                    logger.error(
                        "Templates and formats have faults; the previous ones stay in use.",
                        metadata: ["reason": "\(error)"])
                }
                notice.ready()
            }
        }
    }
}
