import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import StrictTOML

/// One endpoint of the API: its path, request, response and handler. The router and the OpenAPI document are both built
/// from it, so they cannot differ.
struct Endpoint: Sendable {
    struct Parameter: Sendable {
        let name: String
        let meaning: String
        var schema = Schema.text
    }

    let method: HTTPRequest.Method
    /// `/v1/tickets/{id}/close`
    let path: String
    let summary: String
    var query: [Parameter] = []
    var takes: Schema.Named?
    var takesType = "application/json"
    var gives: Schema.Named?
    var givesType = "application/json"
    var status = HTTPResponse.Status.ok
    /// The response body of status 422, if it is not an `APIError`.
    var refuses: Schema.Named?
    let answer: @Sendable (APIRequest) async throws -> Response

    /// The maximum size of a JSON body in bytes.
    static let longestBody = 1 << 20

    /// Answers a request. Unknown query parameters are refused, because they are usually typos.
    func respond(to request: APIRequest) async throws -> Response {
        let known = query.map(\.name)
        for name in request.http.uri.queryParameters.map({ String($0.key) }) where !known.contains(name) {
            throw APIError.badRequest("unknown parameter '\(name.prefix(60))'\(NearestWord.hint(name, in: known))")
        }
        for parameter in query {
            if let word = request.query(parameter.name) { try parameter.schema.check(word: word, as: parameter.name) }
        }
        for name in pathParameters {
            try FieldRules.path(name).check(word: try request.name(name), as: name)
        }
        return try await answer(request)
    }

    // MARK: Kinds

    static func get<Answer: Codable & Sendable>(
        _ path: String, _ summary: String, query: [Parameter] = [],
        _ answer: @escaping @Sendable (APIRequest) async throws -> Answer
    ) -> Endpoint {
        Endpoint(
            method: .get, path: path, summary: summary, query: query, gives: Schema.named(Answer.self),
            answer: { try JSONBody.response(try await answer($0)) })
    }

    /// An endpoint for a list in pages.
    static func list<Item: Codable & Sendable>(
        _ path: String, _ summary: String, query: [Parameter] = [], cursor: TextRule = .cursor,
        _ answer: @escaping @Sendable (APIRequest) async throws -> PageView<Item>
    ) -> Endpoint {
        get(
            path, summary,
            query: query + [
                Parameter(
                    name: "limit", meaning: "maximum number of rows, 1 to \(APIRequest.longestPage); default 50",
                    schema: .range(1...Int64(APIRequest.longestPage))),
                Parameter(name: "cursor", meaning: "cursor from the previous page's 'next'", schema: .ruled(cursor)),
            ], answer)
    }

    /// An endpoint for a change or, with `isChange` false, for a query with a body. `prepare` checks the request and
    /// returns the work that is done in one transaction. The audit log keeps the body unless `isSecret` is true.
    static func change<Body: Codable & Sendable, Answer: Codable & Sendable>(
        _ method: HTTPRequest.Method, _ path: String, _ summary: String, takes: Body.Type,
        status: HTTPResponse.Status = .ok, isChange: Bool = true, isSecret: Bool = false,
        _ prepare: @escaping @Sendable (APIRequest, Body) async throws -> Changes.Work<Answer>
    ) -> Endpoint {
        let schema = FieldRules.rule(Schema.named(Body.self))
        return Endpoint(
            method: method, path: path, summary: summary, takes: schema, gives: Schema.named(Answer.self),
            status: status,
            answer: { request in
                var http = request.http
                let data = Data(try await http.collectBody(upTo: longestBody).readableBytesView)
                let changes = Changes(gateway: request.gateway)
                let asked = try await changes.request(request, "\(method.rawValue) \(path)", data)
                // Before all checks: a change that was already done is answered, even if it would be refused now.
                if let earlier = try await request.gateway.steps.read({ try changes.earlier(asked, $0) }) {
                    return Changes.response(earlier)
                }
                let body: Body = try Self.read(data, schema.schema)
                let step = try await prepare(request, body)
                return try await changes.carryOut(
                    asked, "\(method.rawValue) \(path)", body: data, status: status, isChange: isChange,
                    isSecret: isSecret, step)
            })
    }

    /// Decodes a body. Unknown keys are refused, because they are usually typos.
    private static func read<Body: Decodable>(_ data: Data, _ schema: Schema) throws -> Body {
        let data = data.isEmpty ? Data("{}".utf8) : data
        guard String(validating: data, as: UTF8.self) != nil else {
            throw APIError.badRequest("the body is not UTF-8 text")
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            let body = try decoder.decode(Body.self, from: data)
            if let given = try? JSONSerialization.jsonObject(with: data) { try schema.check(given) }
            return body
        } catch let error as DecodingError {
            throw APIError.badRequest(Self.words(error))
        }
    }

    private static func words(_ error: DecodingError) -> String {
        func place(_ context: DecodingError.Context) -> String {
            context.codingPath.map { Schema.snakeCase($0.stringValue) }.joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, _): return "the field '\(Schema.snakeCase(key.stringValue))' is missing"
        case .typeMismatch(let type, let context):
            return context.codingPath.isEmpty
                ? "the body is not a JSON object" : "the field '\(place(context))' must be \(Self.kind(type))"
        case .valueNotFound(_, let context): return "the field '\(place(context))' is null"
        case .dataCorrupted(let context):
            return context.codingPath.isEmpty
                ? "the body is not valid JSON" : "the field '\(place(context))' cannot be read"
        @unknown default: return "the body cannot be read"
        }
    }

    private static func kind(_ type: Any.Type) -> String {
        switch type {
        case is String.Type: "text"
        case is Bool.Type: "true or false"
        case is Int.Type, is Int64.Type: "a whole number"
        default: "of the right type"
        }
    }
}
