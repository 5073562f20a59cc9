import Domain
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// The HTTP server for wallets and USSD aggregators. It listens apart from the admin socket and knows none of its routes.
package struct ListenerServer: Service {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private static let idleTimeout = TimeAmount.seconds(10)
    private static let mostConnections = 200

    private let gateway: Gateway
    private let settings: ListenerSettings

    package init(_ gateway: Gateway, _ settings: ListenerSettings) {
        self.gateway = gateway
        self.settings = settings
    }

    /// Serves until the service is stopped.
    /// - Throws: `Failure` if the address cannot be used.
    package func run() async throws {
        let router = Router(context: ListenerContext.self)
        ListenerRoutes(gateway, settings).add(to: router)
        var logger = gateway.logger
        logger.logLevel = .warning
        let application = Application(
            router: router, server: .http1(configuration: .init(idleTimeout: Self.idleTimeout)),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port), serverName: "gridpost",
                availableConnectionsDelegate: MaximumAvailableConnections(Self.mostConnections)),
            logger: logger)
        do {
            try await application.runService(gracefulShutdownSignals: [])
        } catch let error where !(error is CancellationError) {
            throw Failure(description: "the listener cannot use \(settings.host):\(settings.port): \(error)")
        }
    }
}
