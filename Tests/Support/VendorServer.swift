import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOConcurrencyHelpers
import NIOCore

/// A local server that simulates a vendor's token service with scripted behaviour.
package final class VendorServer: Sendable {
    package enum Behaviour: Sendable {
        case good
        /// Refuses the order in the vendor's own format.
        case refusal
        /// Carries out the order, and answers after this delay.
        case slow(Duration)
        case garbage
        case status(Int)
        /// Accepts the order, but for another device.
        case otherDevice
        /// Accepts the order with this token.
        case token(String)
        /// Sends one byte every 200 ms.
        case dripping
        /// Sends a very long answer.
        case endless
    }

    private struct State {
        var script: [Behaviour] = []
        var usual = Behaviour.good
        var orders: [[String: String]] = []
        var signIns = 0
        var goodTokens: Set<String> = ["first"]
    }

    private let state = NIOLockedValueBox(State())
    package let url: String
    private let task: Task<Void, any Error>

    /// Runs `body` with a server on a free port.
    /// - Throws: an error of `body`.
    package static func run(_ body: (VendorServer) async throws -> Void) async throws {
        let server = try await VendorServer()
        do {
            try await body(server)
        } catch {
            server.task.cancel()
            throw error
        }
        server.task.cancel()
    }

    private init() async throws {
        let router = Router()
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let state = state
        router.post("tokennew") { request, _ in try await Self.calin(request, state) }
        router.post("token") { request, _ in try await Self.sunKing(request, state) }
        router.post("auth") { _, _ in Self.signIn(state) }
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                continuation.yield(channel.localAddress?.port ?? 0)
                continuation.finish()
            }, logger: Logger(label: "vendor") { _ in SwiftLogNoOpLogHandler() })
        task = Task { try await application.run() }
        var port = 0
        for await found in ports { port = found }
        url = "http://127.0.0.1:\(port)"
    }

    /// Sets the behaviour for the next orders, one each; after that the usual behaviour applies.
    package func behave(_ script: Behaviour...) { state.withLockedValue { $0.script = script } }

    /// Sets the usual behaviour.
    package func behave(all behaviour: Behaviour) { state.withLockedValue { $0.usual = behaviour } }

    /// All orders received, in order.
    package var orders: [[String: String]] { state.withLockedValue { $0.orders } }

    package var signIns: Int { state.withLockedValue { $0.signIns } }

    /// Makes all issued access tokens invalid.
    package func forgetSignIns() { state.withLockedValue { $0.goodTokens = [] } }

    // MARK: The vendors

    private static func calin(_ request: Request, _ state: NIOLockedValueBox<State>) async throws -> Response {
        let order = try await fields(request)
        let (behaviour, number) = take(order, state)
        let token = String(format: "%020d", 4_000_000 + number)
        let good: [String: Any] = ["result_code": 0, "result": token, "reason": "OK"]
        return try await answer(
            behaviour, good: good, refusal: ["result_code": 2, "reason": "meter not found"],
            other: good.merging(["meter_id": "99999999999"]) { $1 })
    }

    private static func sunKing(_ request: Request, _ state: NIOLockedValueBox<State>) async throws -> Response {
        let access = request.headers[.authorization].map { String($0.dropFirst("Bearer ".count)) } ?? ""
        guard state.withLockedValue({ $0.goodTokens.contains(access) }) else { return Response(status: .unauthorized) }
        let order = try await fields(request)
        let (behaviour, number) = take(order, state)
        let good: [String: Any] = ["token": "*\(700_000 + number)#"]
        if case .refusal = behaviour { return Response(status: .notFound) }
        return try await answer(
            behaviour, good: good, refusal: [:], other: good.merging(["device": "OTHER"]) { $1 })
    }

    private static func signIn(_ state: NIOLockedValueBox<State>) -> Response {
        let token = state.withLockedValue { state in
            state.signIns += 1
            let token = "access-\(state.signIns)"
            state.goodTokens.insert(token)
            return token
        }
        return json(["access_token": token, "expires_in": 3_600])
    }

    // MARK: Answers

    private static func fields(_ request: Request) async throws -> [String: String] {
        var request = request
        let body = try await request.collectBody(upTo: 65_536)
        let object = try JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? [String: Any] ?? [:]
        return object.mapValues { "\($0)" }
    }

    private static func take(_ order: [String: String], _ state: NIOLockedValueBox<State>) -> (Behaviour, Int) {
        state.withLockedValue { state in
            state.orders.append(order)
            return (state.script.isEmpty ? state.usual : state.script.removeFirst(), state.orders.count)
        }
    }

    private static func answer(
        _ behaviour: Behaviour, good: [String: Any], refusal: [String: Any], other: [String: Any]
    ) async throws -> Response {
        switch behaviour {
        case .good: return json(good)
        case .refusal: return json(refusal)
        case .otherDevice: return json(other)
        case .token(let digits): return json(good.merging(["result": digits]) { $1 })
        case .dripping: return stream(" ", every: .milliseconds(200))
        case .endless: return stream(String(repeating: "x", count: 65_536), every: .zero)
        case .garbage: return text("<html>It works!</html>", .ok)
        case .status(let code): return text("trouble", .init(code: code))
        case .slow(let delay):
            try await Task.sleep(for: delay)
            return json(good)
        }
    }

    private static func json(_ object: [String: Any]) -> Response {
        let data = (try? JSONSerialization.data(withJSONObject: object)) ?? Data()
        return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }

    private static func stream(_ piece: String, every pause: Duration) -> Response {
        Response(
            status: .ok,
            body: .init { writer in
                for _ in 0..<1_000 {
                    try await writer.write(ByteBuffer(string: piece))
                    try await Task.sleep(for: pause)
                }
                try await writer.finish(nil)
            })
    }

    private static func text(_ text: String, _ status: HTTPResponse.Status) -> Response {
        Response(status: status, body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
