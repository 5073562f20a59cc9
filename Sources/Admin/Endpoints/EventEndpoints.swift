import Domain
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import NIOConcurrencyHelpers
import NIOCore
import ServiceLifecycle
import Store

/// What happens, as it happens (server-sent events).
struct EventEndpoints: Sendable {
    let gateway: Gateway
    private let listeners = NIOLockedValueBox(0)

    private static let mostListeners = 16
    /// Shorter than the server's patience with a silent connection.
    private static let heartbeat = Duration.seconds(15)
    /// A burst is told at once.
    private static let breath = Duration.milliseconds(200)

    init(_ gateway: Gateway) { self.gateway = gateway }

    var all: [Endpoint] {
        [
            Endpoint(
                method: .get, path: "/v1/events",
                summary: "What happens, as server-sent events. The header Last-Event-ID goes on where a listener was.",
                query: [
                    .init(
                        name: "after",
                        meaning: "the number of the last event that is known; only new ones when not said")
                ],
                gives: Schema.named(EventView.self), givesType: "text/event-stream", answer: { try await stream($0) })
        ]
    }

    private func stream(_ call: Call) async throws -> Response {
        let word = call.query("after") ?? HTTPField.Name("Last-Event-ID").flatMap { call.request.headers[$0] }
        let after: Int64
        if let word {
            guard let number = Int64(word), number >= 0 else {
                throw APIError.badRequest("'after' is the number of an event, not '\(word)'")
            }
            after = number
        } else {
            after = try await gateway.store.read { try $0.events.last() }
        }
        let isFree = listeners.withLockedValue { count in
            guard count < Self.mostListeners else { return false }
            count += 1
            return true
        }
        guard isFree else {
            throw Refusal(
                status: .serviceUnavailable,
                error: APIError("too_many_listeners", "\(Self.mostListeners) listeners are the most"))
        }
        let listeners = listeners
        let gateway = gateway
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-cache"],
            body: .init { writer in
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
        let happenings = gateway.store.announcements.listen()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        func line(_ value: some Encodable) throws -> String {
            String(decoding: try encoder.encode(value), as: UTF8.self)
        }
        while !isStopping() {
            let from = last
            let (events, running) = try await gateway.store.read { transaction in
                let running = try transaction.broadcasts.running(at: gateway.clock.now).map {
                    BroadcastProgressView(
                        id: $0.id.number, state: $0.state.rawValue,
                        counts: BroadcastCountsView(try transaction.broadcasts.counts(of: $0.id)))
                }
                return (try transaction.events.events(after: from, limit: 500), running)
            }
            var text = ""
            for event in events {
                text += "id: \(event.id)\nevent: \(event.kind.rawValue)\ndata: \(try line(EventView(event)))\n\n"
                last = event.id
            }
            for one in running where progress.updateValue(one, forKey: one.id) != one {
                text += "event: broadcast.progress\ndata: \(try line(one))\n\n"
            }
            if !text.isEmpty { try await writer.write(ByteBuffer(string: text)) }
            if events.count == 500 { continue }
            if try await !waits(happenings) { try await writer.write(ByteBuffer(string: ": still here\n\n")) }
        }
    }

    /// Waits for the next happening; `false` when nothing came for the time of a heartbeat.
    private static func waits(_ happenings: AsyncStream<Void>) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                for await _ in happenings { return true }
                return true
            }
            group.addTask {
                try await Task.sleep(for: heartbeat)
                return false
            }
            let came = try await group.next() ?? true
            group.cancelAll()
            if came { try await Task.sleep(for: breath) }
            return came
        }
    }
}
