import Logging
import Domain
import Foundation
import Gateway
import Hummingbird
import HummingbirdCore
import NIOCore
import ServiceLifecycle

/// The admin API on a unix socket.
package struct AdminServer: Service {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// How long an idle connection is kept open.
    static let idleTimeout = TimeAmount.seconds(10)
    /// Further connections wait until another one is closed.
    private static let mostConnections = 500

    private let gateway: Gateway
    private let path: String
    private let group: UInt32?
    private let version: String
    private let onListening: @Sendable () async -> Void

    /// `group` may connect besides the service's own user; if `nil`, the service's own group.
    package init(
        _ gateway: Gateway, path: String, group: UInt32?, version: String,
        onListening: @escaping @Sendable () async -> Void
    ) {
        self.gateway = gateway
        self.path = path
        self.group = group
        self.version = version
        self.onListening = onListening
    }

    /// Serves the API until the service is stopped.
    /// - Throws: `Failure` if the socket cannot be used.
    package func run() async throws {
        let router = Router(context: AdminContext.self)
        try AdminAPI(gateway, version: version, startedAt: gateway.clock.now).add(to: router)
        // The server's info messages repeat our own log.
        var logger = gateway.logger
        logger.logLevel = .warning
        let application = Application(
            router: router,
            server: .http1(configuration: .init(idleTimeout: Self.idleTimeout)),
            configuration: .init(
                address: .unixDomainSocket(path: path), serverName: "gridpost",
                availableConnectionsDelegate: MaximumAvailableConnections(Self.mostConnections)),
            onServerRunning: { _ in
                // Until here the process's umask denies access to other users.
                if let group, chown(path, uid_t.max, group) != 0 {
                    gateway.logger.error(
                        "The group of the admin socket cannot be set; add the service's user to that group.",
                        metadata: ["socket": "\(path)", "group.id": "\(group)"])
                }
                chmod(path, 0o660)
                await onListening()
            },
            logger: logger)
        do {
            try await application.runService(gracefulShutdownSignals: [])
        } catch let error where !(error is CancellationError) {
            throw Failure(description: "the admin socket \(path) cannot be used: \(error)")
        }
    }
}
