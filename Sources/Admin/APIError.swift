import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// A refusal in the shape that every client gets: `{"error":{"code","message","details"}}`.
package struct APIError: Error, Sendable, Codable {
    package struct Body: Sendable, Codable {
        package var code: String
        package var message: String
        package var details: [String]
    }

    package var error: Body

    init(_ code: String, _ message: String, details: [String] = []) {
        error = Body(code: code, message: message, details: details)
    }

    static func notFound(_ what: String) -> Refusal {
        Refusal(status: .notFound, error: APIError("not_found", "there is no \(what)"))
    }

    static func badRequest(_ message: String) -> Refusal {
        Refusal(status: .badRequest, error: APIError("bad_request", message))
    }
}

/// An error with its HTTP status.
struct Refusal: Error, HTTPResponseError {
    let status: HTTPResponse.Status
    let error: APIError

    func response(from request: Request, context: some RequestContext) throws -> Response {
        try JSONBody.response(error, status: status)
    }
}

/// Bodies as every client gets them: JSON with sorted keys.
enum JSONBody {
    static func response(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let data = try encoder().encode(value)
        return Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }

    private static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return encoder
    }
}

/// Renders whatever a route throws; what nobody foresaw is told without its inside.
struct ErrorRendering: RouterMiddleware {
    func handle(_ request: Request, context: AdminContext, next: (Request, AdminContext) async throws -> Response)
        async throws
        -> Response
    {
        do {
            return try await next(request, context)
        } catch let refusal as Refusal {
            return try JSONBody.response(refusal.error, status: refusal.status)
        } catch let error as HTTPError {
            let code =
                switch error.status {
                case .notFound: "not_found"
                case .contentTooLarge: "too_large"
                case .methodNotAllowed: "method_not_allowed"
                default: "bad_request"
                }
            let message =
                error.body ?? (error.status == .notFound ? "there is no such address" : error.status.reasonPhrase)
            return try JSONBody.response(APIError(code, message), status: error.status)
        } catch {
            context.logger.error("A request failed.", metadata: ["path": "\(request.uri.path)", "reason": "\(error)"])
            return try JSONBody.response(
                APIError("internal", "the request failed; the daemon's log says why"), status: .internalServerError)
        }
    }
}
