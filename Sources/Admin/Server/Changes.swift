import Domain
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import ModemLink
import Store
import Workers

/// Carries out changes: each in one transaction with its entry in the audit log, and once for each idempotency key.
struct Changes: Sendable {
    let gateway: Gateway

    /// What is to be done, once everything was read and checked.
    typealias Work<Answer> = @Sendable (Change) throws -> Answer

    func carryOut<Answer: Encodable & Sendable>(
        _ request: Request, _ action: String, body: Data, status: HTTPResponse.Status, isChange: Bool = true,
        isSecret: Bool = false, _ work: @escaping Work<Answer>
    ) async throws -> Response {
        let now = gateway.clock.now
        // What was asked, as it was asked; long texts cut.
        let said = isSecret ? "" : String(decoding: body.prefix(1_000), as: UTF8.self)
        let detail = [request.address, said].filter { !$0.isEmpty }
            .joined(separator: " ")
        // Not on this task: a client that hangs up does not take its change with it.
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

    // MARK: The same request again

    /// A request with what tells it from others.
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

    /// What the same request was answered before. Another request with its key is refused.
    func earlier(_ request: Request, _ step: Step) throws -> AnsweredRequest? {
        guard let key = request.key,
            let earlier = try step.answeredRequests.answer(to: key, of: request.peer.uid)
        else { return nil }
        guard earlier.request == request.fingerprint else {
            throw Refusal(
                status: .conflict,
                error: APIError("idempotency_key_reused", "this Idempotency-Key was used for another request"))
        }
        return earlier
    }

    /// Remembers an answer for its key.
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
            throw APIError.badRequest("an Idempotency-Key has 1 to 200 bytes")
        }
        return key
    }

    /// FNV-1a: it tells a client's mistake, not an attack; who may write here may change everything anyway.
    private static func fingerprint(_ action: String, _ body: Data) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in Array(action.utf8) + [0] + Array(body) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return "\(action.utf8.count)-\(body.count)-" + String(hash, radix: 16)
    }
}
