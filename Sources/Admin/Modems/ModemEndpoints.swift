import HTTPTypes
import Domain
import Gateway
import ModemLink
import Store

/// Endpoints for the modems.
struct ModemEndpoints: Sendable {
    let gateway: Gateway

    private static let newest = 20

    var all: [Endpoint] {
        [
            .get("/v1/modems", "The modems, in the order of the configuration.") { _ in
                let links = gateway.modems.links
                return try await gateway.steps.read { step in
                    PageView(items: try links.map { try view($0, history: 0, step) }, next: nil)
                }
            },
            .get("/v1/modems/{modem}", "One modem with the history of its states.") { request in
                let link = try link(request)
                return try await gateway.steps.read { try view(link, history: Self.newest, $0) }
            },
            .change(
                .post, "/v1/modems/{modem}/reset", "Ends the modem's process; a new one opens the modem again.",
                takes: EmptyBody.self
            ) { request, _ in
                let link = try link(request)
                return { change in
                    link.reset()
                    return try view(link, history: 0, change.step)
                }
            },
        ]
    }

    private func link(_ request: APIRequest) throws -> ModemLink {
        let name = try request.name("modem")
        guard let link = gateway.modems.links.first(where: { $0.name == name }) else {
            throw APIError.notFound("there is no modem '\(name)'")
        }
        return link
    }

    private func view(_ link: ModemLink, history: Int, _ step: Step) throws -> ModemDetailView {
        let midnight = step.company.calendar.midnight(at: step.now)
        let condition = link.condition
        let attempt = try step.sendAttempts.last(by: link.name)
        return ModemDetailView(
            modem: StatusView.ModemView(link),
            sentToday: try step.outbox.partsSent(by: link.name, since: midnight),
            advice: condition.reason.map { _ in
                ModemAdvice.unavailable(isLocked: condition.state == .needsOperator)
            },
            lastError: attempt.map {
                ModemDetailView.ErrorView(
                    at: $0.at.rfc3339, code: $0.code, reason: $0.reason, advice: $0.code.flatMap(ModemAdvice.about))
            },
            history: history == 0
                ? []
                : try step.modemHistory.entries(of: link.name, limit: history).map {
                    ModemDetailView.HistoryView(at: $0.at.rfc3339, state: $0.state, reason: $0.reason)
                })
    }
}
