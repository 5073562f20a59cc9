import Store
import Domain
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import NIOConcurrencyHelpers
import NIOCore
import ServiceLifecycle

/// The event stream (server-sent events).
struct EventEndpoints: Sendable {
    let gateway: Gateway
    private let listeners = NIOLockedValueBox(0)

    private static let mostListeners = 16
    /// Shorter than the server's timeout for an idle connection.
    private static let heartbeat = Duration.nanoseconds(AdminServer.idleTimeout.nanoseconds / 2)
    /// The pause after each write, so that a burst of events is sent together.
    private static let breath = Duration.milliseconds(200)

    init(_ gateway: Gateway) { self.gateway = gateway }

    var all: [Endpoint] {
        [
            Endpoint(
                method: .get, path: "/v1/events",
                summary:
                    "Events as they happen (server-sent events). The header Last-Event-ID continues an earlier stream.",
                query: [
                    .init(
                        name: "after",
                        meaning: "number of the last event already received; only new events if omitted")
                ],
                gives: Schema.named(EventView.self), givesType: "text/event-stream", answer: { try await stream($0) })
        ]
    }

    private func stream(_ request: APIRequest) async throws -> Response {
        let word = request.query("after") ?? HTTPField.Name("Last-Event-ID").flatMap { request.http.headers[$0] }
        let after: Int64
        if let word {
            guard let number = Int64(word), number >= 0 else {
                throw APIError.badRequest("'after' must be the number of an event, not '\(word)'")
            }
            after = number
        } else {
            after = try await gateway.steps.read { try $0.events.last() }
        }
        guard listeners.withLockedValue({ $0 }) < Self.mostListeners else {
            throw HTTPRefusal(
                status: .serviceUnavailable,
                error: APIError("too_many_listeners", "there are already \(Self.mostListeners) listeners, the maximum"))
        }
        let listeners = listeners
        let gateway = gateway
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-cache"],
            body: .init { writer in
                listeners.withLockedValue { $0 += 1 }
                defer { listeners.withLockedValue { $0 -= 1 } }
                try await writer.write(ByteBuffer(string: ": gridpost\n\n"))
                let isStopping = NIOLockedValueBox(false)
                try await withGracefulShutdownHandler {
                    try await Self.tell(&writer, gateway, after) { isStopping.withLockedValue { $0 } }
                } onGracefulShutdown: {
                    isStopping.withLockedValue { $0 = true }
                    gateway.store.announcements.ring()
                }
                try await writer.finish(nil)
            })
    }

    private static func tell(
        _ writer: inout any ResponseBodyWriter, _ gateway: Gateway, _ after: Int64, isStopping: () -> Bool
    ) async throws {
        var last = after
        var progress: [Int64: BroadcastProgressView] = [:]
        let (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let happenings = gateway.store.announcements.listen()
        let forwarding = Task { for await _ in happenings { signal.yield() } }
        let beating = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: heartbeat)
                signal.yield()
            }
        }
        defer {
            forwarding.cancel()
            beating.cancel()
        }
        var next = signals.makeAsyncIterator()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        func line(_ value: some Encodable) throws -> String {
            String(decoding: try encoder.encode(value), as: UTF8.self)
        }
        while !isStopping() {
            let from = last
            let (events, running) = try await gateway.steps.read { step in
                let running = try step.broadcasts.running(at: gateway.clock.now).map {
                    BroadcastProgressView(
                        id: $0.id.number, state: $0.state.rawValue,
                        counts: BroadcastCountsView(try step.broadcasts.counts(of: $0.id)))
                }
                return (try step.events.events(after: from, limit: 500), running)
            }
            var text = ""
            for event in events {
                text += "id: \(event.id)\nevent: \(event.kind.rawValue)\ndata: \(try line(EventView(event)))\n\n"
                last = event.id
            }
            for one in running where progress.updateValue(one, forKey: one.id) != one {
                text += "event: broadcast.progress\ndata: \(try line(one))\n\n"
            }
            // Also written without events: only a write shows that a listener has disconnected.
            try await writer.write(ByteBuffer(string: text.isEmpty ? ": keep-alive\n\n" : text))
            if events.count == 500 { continue }
            _ = await next.next(isolation: nil)
            try await Task.sleep(for: breath)
        }
    }
}
