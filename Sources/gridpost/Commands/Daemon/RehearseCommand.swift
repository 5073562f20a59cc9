import ArgumentParser
import Domain
import Foundation
import Gateway
import Logging
import Messages
import Store

/// Tries a work item to find out whether it crashes the program. The daemon runs this in a separate process: see
/// `Rehearsal`.
struct RehearseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse", abstract: "Try a work item for the daemon and roll it back.", shouldDisplay: false)

    /// Seconds until a work item that does not end is killed: it holds the database lock, and the daemon waits for it.
    private static let timeout: UInt32 = 4

    @Option var config: String
    @Option var queue: String
    @Option var item: String

    func run() async throws {
        guard let queue = WorkItem.Queue(rawValue: queue) else { throw ExitCode(2) }
        let installation = try Installation(configurationFile: config, proving: false)
        let store = try Store(beside: installation.configuration.database)
        let library = CurrentLibrary(
            installation.library, listed: Set(installation.configuration.providers)
        ) { [folders = installation.folders, country = installation.configuration.company.country] in
            try Library(folders, wallets: .inUse($0, country: country))
        }
        try library.switchOn(Set(try await store.read { try $0.walletUse.all() }.map(\.provider)))
        let gateway = Gateway(
            store: store, company: installation.company, settings: installation.settings, library: library,
            issuer: installation.issuer, clock: SystemClock(),
            logger: Logger(label: "rehearsal") { _ in SwiftLogNoOpLogHandler() })
        // SIGALRM ends the process, and the transaction with it.
        alarm(Self.timeout)
        await Rehearsal(gateway).run(WorkItem(queue, item))
    }
}
