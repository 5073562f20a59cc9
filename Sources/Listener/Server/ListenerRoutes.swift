import Domain
import Gateway
import HTTPTypes
import Hummingbird
import Messages
import NIOCore

/// The addresses of the listener: `/health`, `/payments/DRIVER` and `/ussd/AGGREGATOR`.
struct ListenerRoutes: Sendable {
    private let settings: ListenerSettings
    private let clock: any WallClock
    private let notices: [String: NoticeService]
    private let ussd: [String: USSDService]
    /// By the name of the route.
    private let rates: [String: CallerRate]
    private let tally: RefusalTally

    init(_ gateway: Gateway, _ settings: ListenerSettings) {
        self.settings = settings
        clock = gateway.clock
        let desk = NoticeDesk(gateway)
        notices = Dictionary(
            settings.notices.map { ($0.name, NoticeService(route: $0, desk: desk, logger: gateway.logger)) },
            uniquingKeysWith: { first, _ in first })
        let menus = USSDDesk(gateway)
        ussd = Dictionary(
            settings.ussd.map { ($0.aggregator.name, USSDService(route: $0, desk: menus, logger: gateway.logger)) },
            uniquingKeysWith: { first, _ in first })
        tally = RefusalTally(gateway.steps, logger: gateway.logger)
        rates = Dictionary(uniqueKeysWithValues: Set(Array(notices.keys) + Array(ussd.keys)).map { ($0, CallerRate()) })
    }

    func add(to router: Router<ListenerContext>) {
        router.get("health") { _, _ in Reply.json(#"{"live":true}"#).response }
        for method in [HTTPRequest.Method.get, .post] {
            router.on("payments/**", method: method) { request, context in await answer(request, context) }
            router.on("ussd/**", method: method) { request, context in await answer(request, context) }
        }
    }

    /// Answers a request, or counts it as refused.
    private func answer(_ request: Request, _ context: ListenerContext) async -> Response {
        let path = request.uri.path.split(separator: "/").map(String.init)
        let name = path.count > 1 ? path[1] : ""
        let route = path.prefix(2).joined(separator: "/")
        if path.first == "payments", let service = notices[name] {
            do {
                let call = try await admit(request, context, service.route.rule, name, Array(path.dropFirst(2)))
                return try await service.answer(call, at: clock.now).response
            } catch {
                tally.add(route, error)
                // No verdict in the provider's form: it could be taken for one about an earlier, accepted payment.
                return Reply.text("refused", status: error.status).response
            }
        }
        if path.first == "ussd", let service = ussd[name] {
            do {
                let call = try await admit(request, context, service.route.rule, name, Array(path.dropFirst(2)))
                return try await service.answer(call).response
            } catch {
                tally.add(route, error)
                return Reply.text("refused", status: error.status).response
            }
        }
        tally.add(path.first == "ussd" ? "ussd" : "payments", .unknownRoute)
        return Reply.text("not found", status: 404).response
    }

    private func admit(
        _ request: Request, _ context: ListenerContext, _ rule: CallerRule, _ name: String, _ path: [String]
    ) async throws(NoticeFault) -> Call {
        let address = caller(request, context)
        let isListed = rule.admits(address)
        guard rates[name]?.admits(address, isListed: isListed) ?? false else { throw .tooMany }
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
        func isProxy(_ address: String) -> Bool { settings.proxies.contains { $0.contains(address) } }
        let peer = context.address
        guard isProxy(peer), let name = HTTPField.Name("X-Forwarded-For") else { return peer }
        let chain = request.headers[values: name].joined(separator: ",").split(separator: ",")
            .map { String($0).trimmingPrefix(" ") }.map { String($0).replacing(" ", with: "") }
        return chain.last { !isProxy($0) } ?? peer
    }
}
