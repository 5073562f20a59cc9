import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import Store

/// Turns the errors of routes into responses. Unexpected errors are logged, and the response has no details.
struct ErrorRendering: RouterMiddleware {
    /// The method and the path of every endpoint, with placeholders such as `{id}`.
    let addresses: [(path: [Substring], method: HTTPRequest.Method)]

    init(_ endpoints: [Endpoint]) {
        addresses = endpoints.map { ($0.path.split(separator: "/"), $0.method) }
    }

    private func methods(_ path: String) -> [HTTPRequest.Method] {
        let pieces = path.split(separator: "/")
        let matching = addresses.filter { address in
            address.path.count == pieces.count && zip(address.path, pieces).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }
        // An address that is written out goes before one with places.
        let literal = matching.filter { $0.path == pieces }
        return (literal.isEmpty ? matching : literal).map(\.method)
    }

    func handle(_ request: Request, context: AdminContext, next: (Request, AdminContext) async throws -> Response)
        async throws
        -> Response
    {
        do {
            return try await next(request, context)
        } catch let refusal as HTTPRefusal {
            return try JSONBody.response(refusal.error, status: refusal.status)
        } catch let refusal as any GatewayRefusal {
            let (status, code) = refusal.kind.answer
            let error = APIError(code, refusal.reasons.joined(separator: "; "), details: refusal.details)
            return try JSONBody.response(error, status: status)
        } catch let error as HTTPParserError {
            // The client disconnected or does not speak HTTP. This is the client's fault and is not logged.
            return try JSONBody.response(
                APIError("bad_request", "the request cannot be read: \(error)"), status: .badRequest)
        } catch is NIOTooManyBytesError {
            return try JSONBody.response(
                APIError("too_large", "the body is too large: 1 MiB for JSON, 32 MiB for a CSV file"),
                status: .contentTooLarge)
        } catch let error as HTTPError where error.status == .notFound && !methods(request.uri.path).isEmpty {
            let allowed = methods(request.uri.path).map(\.rawValue).sorted().joined(separator: ", ")
            var response = try JSONBody.response(
                APIError("method_not_allowed", "this address accepts \(allowed)"), status: .methodNotAllowed)
            response.headers[.allow] = allowed
            return response
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
        } catch  where StoreError.isTrouble(error) {
            context.logger.error("The books cannot be used.", metadata: ["reason": "\(error)"])
            return try JSONBody.response(
                APIError("unavailable", "the books cannot be used now, the disk may be full; try again later"),
                status: .serviceUnavailable)
        } catch {
            context.logger.error("A request failed.", metadata: ["path": "\(request.uri.path)", "reason": "\(error)"])
            return try JSONBody.response(
                APIError("internal", "the request failed; see the daemon's log"), status: .internalServerError)
        }
    }
}
