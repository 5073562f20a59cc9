import Domain
import Gateway
import Hummingbird

/// The routes of the admin socket: health, the OpenAPI document and all endpoints.
struct AdminAPI: Sendable {
    private let gateway: Gateway
    private let version: String
    private let endpoints: [Endpoint]

    init(_ gateway: Gateway, version: String, startedAt: Timestamp) {
        self.gateway = gateway
        self.version = version
        endpoints =
            StatusEndpoints(gateway: gateway, version: version, startedAt: startedAt).all
            + PaymentEndpoints(gateway: gateway).all + RegistryEndpoints(gateway: gateway).all
            + DeviceEndpoints(gateway: gateway).all + TariffEndpoints(gateway: gateway).all
            + SaleEndpoints(gateway: gateway).all
            + PeopleEndpoints(gateway: gateway).all + MessageEndpoints(gateway: gateway).all
            + WalletEndpoints(gateway: gateway).all + ModemEndpoints(gateway: gateway).all
            + AirtimeEndpoints(gateway: gateway).all
            + TicketEndpoints(gateway: gateway).all + JobEndpoints(gateway: gateway).all
            + BroadcastEndpoints(gateway: gateway).all + EventEndpoints(gateway).all
    }

    func add(to router: Router<AdminContext>) throws {
        router.add(middleware: ErrorRendering(endpoints))
        router.add(middleware: RequestRate())
        router.get("health") { _, _ in try JSONBody.response(["live": true]) }
        let (gateway, endpoints, version) = (gateway, endpoints, version)
        // Built on request: it is large and rarely requested.
        router.get("v1/openapi.json") { _, _ in
            JSONBody.response(try APIDescription(endpoints, version: version).document(), status: .ok)
        }
        for endpoint in endpoints {
            router.on(RouterPath(endpoint.path), method: endpoint.method) { request, context in
                try await endpoint.respond(to: APIRequest(http: request, context: context, gateway: gateway))
            }
        }
    }
}
