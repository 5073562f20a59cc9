import Admin
import CLinux
import Domain
import Foundation
import Gateway
import Listener
import Logging
import Messages
import ModemLink
import ServiceLifecycle
import Store
import UnixSignals

/// The daemon: creates all its services and runs them.
struct Daemon {
    private let installation: Installation
    private let logger: Logger
    /// Whether a new database may be begun where there was one before.
    private let beginsAnew: Bool

    init(_ installation: Installation, beginsAnew: Bool = false, logger: Logger) {
        self.beginsAnew = beginsAnew
        self.installation = installation
        self.logger = logger
    }

    /// Runs the services until SIGTERM or SIGINT.
    func run() async throws {
        // The database, the socket and all other files of this process are only for its user.
        umask(0o077)
        let configuration = installation.configuration
        let store = try Store(path: configuration.database, beginsAnew: beginsAnew)
        if let copy = store.migrationCopy {
            logger.notice(
                "The database was upgraded to the version of this program; a backup was made first.",
                metadata: ["copy": "\(copy)"])
        }
        let folders = installation.folders
        let country = configuration.company.country
        let library = CurrentLibrary(installation.library, listed: Set(configuration.providers)) {
            try Library(folders, wallets: .inUse($0, country: country))
        }
        try library.switchOn(Set(try await store.read { try $0.walletUse.all() }.map(\.provider)))
        let gateway = Gateway(
            store: store, company: installation.company, settings: installation.settings, library: library,
            issuer: installation.issuer, clock: SystemClock(), logger: logger,
            rehearsing: RehearsalProcess(configurationFile: configuration.file))
        let inbox = Inbox(gateway)
        let lanes = installation.modems.map { modem, limits in
            Dispatcher.Lane(
                link: ModemLink(
                    modem, logger: logger,
                    pins: PINAttempts(
                        store: store, clock: gateway.clock, modem: modem.name,
                        file: installation.pinFile(of: modem.name)),
                    commit: { await inbox.commit($0, from: $1.name) },
                    onChange: { gateway.modemsChanged() }),
                limits: limits)
        }
        let links = lanes.map(\.link)
        gateway.modems.use(lanes)
        let router = MessageRouter(gateway)
        let dispatcher = Dispatcher(gateway, lanes: lanes)
        let notice = ServiceManagerNotice()
        let admin = AdminServer(
            gateway, path: configuration.socket.path, group: installation.socketGroup,
            version: Gridpost.version,
            onListening: {
                notice.ready()
                logger.info("The gateway is running.", metadata: ["socket": "\(configuration.socket.path)"])
                Task {
                    // After the modems have started.
                    try? await Task.sleep(for: .seconds(10))
                    gridpost_release_memory_of_start()
                }
            })
        let vendors = VendorTokenWorker(gateway)
        let balances = WalletBalanceWatch(gateway, installation.walletPINs)
        try await dispatcher.recover()
        try await vendors.recover()
        try await balances.recover()

        let callbacks: [any Service] =
            installation.listener.map { settings in
                [
                    NoticeReports(gateway, settings.notices, exchange: ExchangeProcess()),
                    ListenerServer(gateway, settings),
                ]
            } ?? []
        let airtime = AirtimeWatch(gateway, installation.configuration.modems.compactMap(\.airtime))
        // Services stop in reverse order: inputs close before the services that they feed.
        let services: [any Service] =
            links + [
                router, vendors, dispatcher, Scheduler(gateway), airtime, balances,
                Reloading(library: library, notice: notice, logger: logger),
                Watchdog(notice: notice, store: store),
            ] + callbacks + [admin]
        var group = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        group.maximumGracefulShutdownDuration = .seconds(7)
        defer { try? store.close() }
        do {
            try await ServiceGroup(configuration: group).run()
        } catch is CancellationError {
            logger.warning("A service did not stop in time and was cancelled.")
        }
        notice.stopping()
        logger.info("The gateway has stopped.")
    }
}
