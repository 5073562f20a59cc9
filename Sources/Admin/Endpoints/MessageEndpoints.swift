import Domain
import Gateway
import Store

/// Messages that came in and went out.
struct MessageEndpoints: Sendable {
    let gateway: Gateway

    var all: [Endpoint] {
        [
            .list(
                "/v1/messages/in", "Messages that came in, newest first.",
                query: [
                    .init(name: "disposition", meaning: Disposition.allCases.map(\.rawValue).joined(separator: ", "))
                ]
            ) { call in
                let (limit, before) = (try call.limit(), try call.cursor())
                let disposition = try call.choice("disposition", Disposition.self)
                let messages = try await gateway.store.read {
                    try $0.inbox.messages(before: before, disposition: disposition, limit: limit)
                }
                return PageView(
                    items: messages.map(InMessageView.init),
                    next: messages.count == limit ? messages.last.map { "\($0.id)" } : nil)
            },
            .list(
                "/v1/messages/out", "Messages that go out, newest first.",
                query: [.init(name: "state", meaning: OutboxState.allCases.map(\.rawValue).joined(separator: ", "))]
            ) { call in
                let (limit, before) = (try call.limit(), try call.cursor())
                let state = try call.choice("state", OutboxState.self)
                let messages = try await gateway.store.read {
                    try $0.outbox.messages(before: before, state: state, limit: limit)
                }
                return PageView(
                    items: messages.map(OutMessageView.init),
                    next: messages.count == limit ? messages.last.map { "\($0.id)" } : nil)
            },
        ]
    }
}
