import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// A client of the admin socket: one request, one connection.
package struct AdminClient: Sendable {
    package enum Failure: Error, CustomStringConvertible {
        case unreachable(path: String, reason: String)
        case refused(status: UInt, APIError)
        case nonsense(String)

        package var description: String {
            switch self {
            case .unreachable(let path, let reason): "the daemon cannot be reached at \(path): \(reason)"
            case .refused(_, let error): ([error.error.message] + error.error.details).joined(separator: "\n  ")
            case .nonsense(let reason): "the daemon's answer makes no sense: \(reason)"
            }
        }
    }

    package struct Answer: Sendable {
        package let status: UInt
        package let body: Data
    }

    private let path: String

    package init(path: String) { self.path = path }

    /// Asks for a value.
    package func get<Value: Decodable>(_ address: String, as type: Value.Type) async throws -> (value: Value, raw: Data)
    {
        let answer = try await send("GET", address, body: nil)
        guard answer.status == 200 else { throw Self.refusal(answer) }
        return (try Self.decode(type, answer.body), answer.body)
    }

    /// Sends a body and gives back the answer, whatever its status.
    package func post(_ address: String, _ body: Data) async throws -> Answer {
        try await send("POST", address, body: body)
    }

    package static func decode<Value: Decodable>(_ type: Value.Type, _ body: Data) throws -> Value {
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(type, from: body)
        } catch {
            throw Failure.nonsense("\(error)")
        }
    }

    package static func refusal(_ answer: Answer) -> Failure {
        (try? JSONDecoder().decode(APIError.self, from: answer.body)).map { .refused(status: answer.status, $0) }
            ?? .nonsense("HTTP status \(answer.status)")
    }

    private func send(_ method: String, _ address: String, body: Data?) async throws -> Answer {
        let channel: NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>
        do {
            channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
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
        var headers: HTTPHeaders = ["host": "gridpost", "connection": "close"]
        if let body { headers.add(name: "content-length", value: "\(body.count)") }
        let head = HTTPRequestHead(version: .http1_1, method: .init(rawValue: method), uri: address, headers: headers)
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(.head(head))
            if let body { try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: body)))) }
            try await outbound.write(.end(nil))
            var status: UInt = 0
            var data = Data()
            for try await part in inbound {
                switch part {
                case .head(let head): status = head.status.code
                case .body(let buffer): data.append(contentsOf: buffer.readableBytesView)
                case .end: return Answer(status: status, body: data)
                }
            }
            throw Failure.nonsense("the connection ended early")
        }
    }

    private static func plain(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "\(error)" }
        return String(cString: strerror(error.errnoCode))
    }
}
