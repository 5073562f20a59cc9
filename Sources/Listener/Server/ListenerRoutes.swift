import Domain
import Gateway
import HTTPTypes
import Hummingbird
import Messages
import NIOCore

/// The addresses of the listener: `/health`, `/payments/DRIVER` and `/ussd/AGGREGATOR`.
struct ListenerRoutes: Sendable {
    /// What answers an address, and how often it may be asked.
    private struct Route: Sendable {
        let service: any CallService
        let rate = CallerRate()
    }

    private let proxies: [AddressRange]
    private let clock: any WallClock
    /// By the first two parts of the path, such as `ussd/beem`.
    private let routes: [String: Route]
    private let tally: RefusalTally

    init(_ gateway: Gateway, _ settings: ListenerSettings) {
        proxies = settings.proxies
        clock = gateway.clock
        tally = RefusalTally(gateway.steps, logger: gateway.logger)
        let desk = NoticeDesk(gateway)
        let menus = USSDDesk(gateway)
        var routes: [String: Route] = [:]
        for route in settings.notices {
            routes["payments/\(route.name)"] = Route(
                service: NoticeService(route: route, desk: desk, logger: gateway.logger))
        }
        for route in settings.ussd {
            routes["ussd/\(route.aggregator.name)"] = Route(
                service: USSDService(route: route, desk: menus, logger: gateway.logger))
        }
        self.routes = routes
    }

    func add(to router: Router<ListenerContext>) {
        router.get("health") { _, _ in Reply.json(#"{"live":true}"#).response }
        for method in [HTTPRequest.Method.get, .post] {
            for path in ["payments/**", "ussd/**"] {
                router.on(RouterPath(path), method: method) { request, context in await answer(request, context) }
            }
        }
    }

    /// Answers a request, or counts it as refused. A refusal has no verdict in the provider's form: it could be taken for
    /// one about an earlier, accepted payment.
    private func answer(_ request: Request, _ context: ListenerContext) async -> Response {
        let path = request.uri.path.split(separator: "/").map(String.init)
        let name = path.prefix(2).joined(separator: "/")
        guard let route = routes[name] else {
            tally.add(path.first ?? "", .unknownRoute)
            return Reply.text("not found", status: CallFault.unknownRoute.status).response
        }
        do {
            let call = try await admit(request, context, route, Array(path.dropFirst(2)))
            return try await route.service.answer(call, at: clock.now).response
        } catch {
            tally.add(name, error)
            return Reply.text("refused", status: error.status).response
        }
    }

    private func admit(
        _ request: Request, _ context: ListenerContext, _ route: Route, _ path: [String]
    ) async throws(CallFault) -> Call {
        let address = caller(request, context)
        let rule = route.service.rule
        let isListed = rule.admits(address)
        guard route.rate.admits(address, isListed: isListed) else { throw .tooMany }
        guard isListed else { throw .wrongAddress }
        var request = request
        let call: Call
        do {
            call = try await Call(&request, path: path)
        } catch is NIOTooManyBytesError {
            throw .tooLarge
        } catch {
            throw .malformed
        }
        if let secret = rule.secret {
            guard Secrets.equal(call.query["key"] ?? call.headers["x-gridpost-key"], secret) else { throw .unproven }
        }
        return call
    }

    /// The address of the caller: behind a proxy of ours, the last one in its header that is not a proxy.
    private func caller(_ request: Request, _ context: ListenerContext) -> String {
        func isProxy(_ address: String) -> Bool { proxies.contains { $0.contains(address) } }
        let peer = context.address
        guard isProxy(peer), let name = HTTPField.Name("X-Forwarded-For") else { return peer }
        let chain = request.headers[values: name].joined(separator: ",").split(separator: ",")
        return chain.map { String($0).replacing(" ", with: "") }.last { !isProxy($0) } ?? peer
    }
}
