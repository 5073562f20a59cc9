import Gateway
import Logging
import ServiceLifecycle
import UnixSignals

/// Reads templates and formats again at SIGHUP. Faulty ones change nothing.
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
                    logger.info("Templates and formats were read again.")
                } catch {
                    logger.error(
                        "Templates and formats are faulty; those from before stay in force.",
                        metadata: ["reason": "\(error)"])
                }
                notice.ready()
            }
        }
    }
}
