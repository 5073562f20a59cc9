import HTTPTypes
import Store
import Domain
import Gateway

/// Endpoints for received and outgoing messages.
struct MessageEndpoints: Sendable {
    let gateway: Gateway

    var all: [Endpoint] {
        [
            .list(
                "/v1/messages/in", "Received messages, newest first.",
                query: [
                    .init(
                        name: "disposition", meaning: "only those of this disposition",
                        schema: .words(of: Disposition.self))
                ]
            ) { request in
                let (limit, before) = (try request.limit(), try request.cursor())
                let disposition = try request.choice("disposition", Disposition.self)
                return try await gateway.steps.read { step in
                    let page = try PageRows(limit, cursor: { "\($0.id)" }) {
                        try step.inbox.messages(before: before, disposition: disposition, limit: $0)
                    }
                    return PageView(items: page.rows.map(InMessageView.init), next: page.next)
                }
            },
            .get("/v1/messages/in/{id}", "One received message, and how the current formats read it.") {
                request in
                let id = InboxMessageID(try request.number())
                guard let message = try await gateway.steps.read({ try $0.inbox.message(id) }) else {
                    throw APIError.notFound("message \(id)")
                }
                return InMessageDetailView(message, gateway)
            },
            .change(
                .post, "/v1/messages/replay",
                "Reads providers' texts again after a change of formats, and handles those that now read differently.",
                takes: ReplayBody.self
            ) { _, body in
                let since = try body.since.map { text in
                    guard let moment = Timestamp(rfc3339: text) else {
                        throw APIError.badRequest("'since' must be a time such as 2026-11-01T00:00:00Z, not '\(text)'")
                    }
                    return moment
                }
                let replay = Replay(gateway)
                // Reading takes time, so it is done before the write transaction.
                let changes = try await gateway.steps.read {
                    try replay.changes(of: body.message.map { InboxMessageID($0) }, since: since, $0)
                }
                return { change in
                    if body.dryRun != true { try replay.replay(changes, change.step) }
                    return ReplayView(
                        dryRun: body.dryRun == true,
                        changes: changes.map {
                            .init(
                                message: $0.message.number, from: $0.originator, was: $0.was,
                                becomes: $0.becomes.rawValue, provider: $0.provider, format: $0.format)
                        })
                }
            },
            .list(
                "/v1/messages/out", "Outgoing messages, newest first.",
                query: [.init(name: "state", meaning: "only those of this state", schema: .words(of: OutboxState.self))]
            ) { request in
                let (limit, before) = (try request.limit(), try request.cursor())
                let state = try request.choice("state", OutboxState.self)
                return try await gateway.steps.read { step in
                    let page = try PageRows(limit, cursor: { "\($0.id)" }) {
                        try step.outbox.messages(before: before, state: state, limit: $0)
                    }
                    return PageView(items: page.rows.map(OutMessageView.init), next: page.next)
                }
            },
            .get("/v1/messages/out/{id}", "One outgoing message with its parts and failed attempts.") { request in
                let id = OutboxMessageID(try request.number())
                return try await gateway.steps.read { step in
                    guard let message = try step.outbox.message(id) else {
                        throw APIError.notFound("there is no outgoing message \(id)")
                    }
                    return OutMessageDetailView(
                        message, try step.outbox.parts(of: id), try step.sendAttempts.all(of: id))
                }
            },
        ]
    }
}
