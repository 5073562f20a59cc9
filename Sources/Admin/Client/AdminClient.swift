import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// A client of the admin socket. It opens a new connection for each request.
package struct AdminClient: Sendable {
    package enum Failure: Error, CustomStringConvertible {
        case unreachable(path: String, reason: String)
        case refused(status: UInt, APIError)
        case nonsense(String)

        package var description: String {
            switch self {
            case .unreachable(let path, let reason): "the daemon cannot be reached at \(path): \(reason)"
            case .refused(_, let error): ([error.error.message] + error.error.details).joined(separator: "\n  ")
            case .nonsense(let reason): "the daemon's answer cannot be read: \(reason)"
            }
        }
    }

    package struct Answer: Sendable {
        package let status: UInt
        package let body: Data
    }

    let path: String

    package init(path: String) { self.path = path }

    /// Sends a GET request and decodes the answer.
    /// - Throws: `Failure`.
    package func get<Value: Decodable>(_ address: String, as type: Value.Type) async throws -> (value: Value, raw: Data)
    {
        let answer = try await send("GET", address, body: nil)
        guard answer.status == 200 else { throw Self.refusal(answer) }
        return (try Self.decode(type, answer.body), answer.body)
    }

    /// Sends a POST request and returns the answer, whatever its status.
    /// - Throws: `Failure.unreachable` or `Failure.nonsense`.
    package func post(_ address: String, _ body: Data, idempotencyKey: String? = nil) async throws -> Answer {
        try await send("POST", address, body: body, idempotencyKey: idempotencyKey)
    }

    /// Sends a change and decodes the answer. The body's fields are encoded in snake_case.
    /// - Throws: `Failure`.
    package func change<Value: Decodable>(
        _ method: String, _ address: String, _ body: some Encodable, as type: Value.Type
    ) async throws -> (value: Value, raw: Data) {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let answer = try await send(
            method, address, body: try encoder.encode(body), idempotencyKey: UUID().uuidString)
        guard (200..<300).contains(answer.status) else { throw Self.refusal(answer) }
        return (try Self.decode(type, answer.body), answer.body)
    }

    /// Decodes an answer of the API, whose fields are in snake_case.
    /// - Throws: `Failure.nonsense` if the body is not a `Value`.
    package static func decode<Value: Decodable>(_ type: Value.Type, _ body: Data) throws -> Value {
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(type, from: body)
        } catch {
            throw Failure.nonsense("\(error)")
        }
    }

    /// The failure that an answer with an error status describes.
    package static func refusal(_ answer: Answer) -> Failure {
        (try? JSONDecoder().decode(APIError.self, from: answer.body)).map { .refused(status: answer.status, $0) }
            ?? .nonsense("HTTP status \(answer.status)")
    }

    func connect() async throws -> NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart> {
        do {
            return try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connectTimeout(.seconds(5))
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHTTPClientHandlers()
                        return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                    }
                }
        } catch {
            throw Failure.unreachable(path: path, reason: Self.plain(error))
        }
    }

    static func head(_ method: String, _ address: String, _ more: HTTPHeaders) -> HTTPRequestHead {
        var headers: HTTPHeaders = ["host": "gridpost", "connection": "close"]
        headers.add(contentsOf: more)
        return HTTPRequestHead(version: .http1_1, method: .init(rawValue: method), uri: address, headers: headers)
    }

    /// Maximum number of attempts for a request that can safely be repeated. A daemon that is busy or stopping closes
    /// connections before it has read the request.
    private static let mostAttempts = 3

    /// The connection was closed before the answer began.
    struct Unanswered: Error {
        let trouble: String
        /// The request was not written completely, so the daemon cannot have carried it out.
        var isUnsent = false
    }

    private func send(_ method: String, _ address: String, body: Data?, idempotencyKey: String? = nil) async throws
        -> Answer
    {
        try await again(if: method == "GET" || idempotencyKey != nil) {
            try await sendOnce(method, address, body: body, idempotencyKey: idempotencyKey)
        }
    }

    /// Makes a request, and makes it again if the daemon closed the connection before it answered.
    func again<Value>(if isRepeatable: Bool, _ request: () async throws -> Value) async throws -> Value {
        var attempts = 1
        while true {
            do {
                return try await request()
            } catch let unanswered as Unanswered {
                guard isRepeatable || unanswered.isUnsent, attempts < Self.mostAttempts else {
                    throw Failure.nonsense(unanswered.trouble)
                }
                attempts += 1
            }
        }
    }

    private func sendOnce(_ method: String, _ address: String, body: Data?, idempotencyKey: String?) async throws
        -> Answer
    {
        let channel = try await connect()
        var more: HTTPHeaders = [:]
        if let body { more.add(name: "content-length", value: "\(body.count)") }
        if let idempotencyKey { more.add(name: "idempotency-key", value: idempotencyKey) }
        let head = Self.head(method, address, more)
        return try await channel.executeThenClose { inbound, outbound in
            // A daemon that refuses a request may answer and close before it has read all of it: read that answer.
            var trouble: (any Error)?
            var isWritten = false
            do {
                var parts: [HTTPClientRequestPart] = [.head(head)]
                if let body { parts.append(.body(.byteBuffer(ByteBuffer(bytes: body)))) }
                try await outbound.write(contentsOf: parts + [.end(nil)])
                isWritten = true
            } catch {
                trouble = error
            }
            var status: UInt = 0
            var data = Data()
            do {
                for try await part in inbound {
                    switch part {
                    case .head(let head): status = head.status.code
                    case .body(let buffer): data.append(contentsOf: buffer.readableBytesView)
                    case .end: return Answer(status: status, body: data)
                    }
                }
            } catch {
                trouble = trouble ?? error
            }
            let reason = "the connection ended early" + (trouble.map { ": \($0)" } ?? "")
            if status == 0 { throw Unanswered(trouble: reason, isUnsent: !isWritten) }
            throw Failure.nonsense(reason)
        }
    }

    private static func plain(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return String(cString: strerror(error.errnoCode))
    }
}
