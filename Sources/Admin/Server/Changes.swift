import Domain
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import Store
import Workers

/// Carries out changes: each in one transaction with its audit log entry, and once per idempotency key.
struct Changes: Sendable {
    let gateway: Gateway

    /// The work of a change, done in the transaction after the request has been read and checked.
    typealias Work<Answer> = @Sendable (Change) throws -> Answer

    func carryOut<Answer: Encodable & Sendable>(
        _ request: Request, _ action: String, body: Data, status: HTTPResponse.Status, isChange: Bool = true,
        isSecret: Bool = false, _ work: @escaping Work<Answer>
    ) async throws -> Response {
        let now = gateway.clock.now
        // The body as received, at most 1000 bytes.
        let said = isSecret ? "" : String(decoding: body.prefix(1_000), as: UTF8.self)
        let detail = [request.address, said].filter { !$0.isEmpty }
            .joined(separator: " ")
        // In a separate task, so that a client that disconnects does not cancel its change.
        let answered = try await Task {
            try await gateway.steps.perform(at: now) { step -> AnsweredRequest in
                if let earlier = try earlier(request, step) { return earlier }
                let answer = try work(Change(step: step, peer: request.peer))
                if isChange {
                    try step.auditLog.note(action, detail: detail, uid: request.peer.uid, at: now)
                    step.wake(.schedule)
                }
                return try keep(try JSONBody.data(answer), status, of: request, step)
            }
        }.value
        return Self.response(answered)
    }

    // MARK: Repeated requests

    /// A request with its idempotency key, its user, and a fingerprint of its content.
    struct Request: Sendable {
        let address: String
        let key: String?
        let peer: Peer
        fileprivate let fingerprint: String
    }

    func request(_ request: APIRequest, _ action: String, _ body: Data) async throws -> Request {
        let address = request.http.uri.description
        return Request(
            address: address, key: try key(of: request), peer: Peer(uid: await request.context.peer()),
            fingerprint: Self.fingerprint("\(action) \(address)", body))
    }

    /// The stored answer to an earlier, identical request. A different request with the same key is refused (409).
    func earlier(_ request: Request, _ step: Step) throws -> AnsweredRequest? {
        guard let key = request.key,
            let earlier = try step.answeredRequests.answer(to: key, of: request.peer.uid)
        else { return nil }
        guard earlier.request == request.fingerprint else {
            throw HTTPRefusal(
                status: .conflict,
                error: APIError(
                    "idempotency_key_reused", "this Idempotency-Key was already used for a different request"))
        }
        return earlier
    }

    /// Stores an answer for the key of its request, if it has one.
    @discardableResult
    func keep(
        _ body: Data, _ status: HTTPResponse.Status, of request: Request, _ step: Step
    ) throws -> AnsweredRequest {
        let answer = AnsweredRequest(
            request: request.fingerprint, status: status.code, body: String(decoding: body, as: UTF8.self))
        if let key = request.key {
            try step.answeredRequests.keep(answer, for: key, of: request.peer.uid, at: step.now)
        }
        return answer
    }

    static func response(_ answer: AnsweredRequest) -> Response {
        JSONBody.response(Data(answer.body.utf8), status: HTTPResponse.Status(code: answer.status))
    }

    private func key(of request: APIRequest) throws -> String? {
        guard let name = HTTPField.Name("Idempotency-Key"), let key = request.http.headers[name] else { return nil }
        guard (1...200).contains(key.utf8.count) else {
            throw APIError.badRequest("an Idempotency-Key must have 1 to 200 bytes")
        }
        return key
    }

    /// FNV-1a. It detects mistakes of clients, not attacks: a client of this socket may change everything anyway.
    private static func fingerprint(_ action: String, _ body: Data) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in Array(action.utf8) + [0] + Array(body) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return "\(action.utf8.count)-\(body.count)-" + String(hash, radix: 16)
    }
}
