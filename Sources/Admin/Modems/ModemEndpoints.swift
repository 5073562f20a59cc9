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
            // The audit log keeps no codes and answers: a wallet's PIN can be among them.
            .change(
                .post, "/v1/modems/{modem}/ussd", "Dials a service code, and waits for what the network says.",
                takes: USSDCodeBody.self, isSecret: true
            ) { request, body in
                let link = try link(request)
                let view = try Self.view(await link.dial(body.code, seconds: body.seconds ?? Self.usualWait))
                return { _ in view }
            },
            .change(
                .post, "/v1/modems/{modem}/ussd/{session}", "Answers the menu of an open session.",
                takes: USSDAnswerBody.self, isSecret: true
            ) { request, body in
                let link = try link(request)
                let session = Int(clamping: try request.number("session"))
                let view = try Self.view(
                    await link.dial(body.answer, in: session, seconds: body.seconds ?? Self.usualWait))
                return { _ in view }
            },
            .change(
                .post, "/v1/modems/{modem}/ussd/{session}/end", "Ends a session.", takes: EmptyBody.self
            ) { request, _ in
                let link = try link(request)
                await link.endUSSD(Int(clamping: try request.number("session")))
                return { _ in EmptyBody() }
            },
        ]
    }

    private static let usualWait = 30

    private static func view(_ step: USSDStep) throws -> USSDView {
        switch step {
        case .wantsAnswer(let session, let lines): return USSDView("wants_answer", lines, session: session)
        case .ended(let lines): return USSDView("ended", lines)
        case .silent(let lines): return USSDView("silent", lines)
        case .gaveWay(let lines): return USSDView("gave_way", lines)
        case .notDialled: return USSDView("gave_way", [])
        case .refused(let reason): throw APIError.conflict(reason)
        case .busy: throw APIError.conflict("the modem has a USSD session already; it ends by itself, try again later")
        case .closed: throw APIError.conflict("the session is over; dial the code again")
        case .unavailable(let reason): throw APIError.conflict(reason)
        }
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
