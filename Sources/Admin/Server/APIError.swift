import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

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

    static func conflict(_ message: String) -> Refusal {
        Refusal(status: .conflict, error: APIError("wrong_state", message))
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
        response(try data(value), status: status)
    }

    static func response(_ data: Data, status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }

    static func data(_ value: some Encodable) throws -> Data { try encoder().encode(value) }

    private static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return encoder
    }
}

/// Renders whatever a route throws; what nobody foresaw is told without its inside.
struct ErrorRendering: RouterMiddleware {
    /// The methods of every address, its places as they are written: `/v1/tickets/{id}`.
    let addresses: [(path: [Substring], method: HTTPRequest.Method)]

    init(_ endpoints: [Endpoint]) {
        addresses = endpoints.map { ($0.path.split(separator: "/"), $0.method) }
    }

    private func methods(_ path: String) -> [HTTPRequest.Method] {
        let pieces = path.split(separator: "/")
        return addresses.filter { address in
            address.path.count == pieces.count && zip(address.path, pieces).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }.map(\.method)
    }

    func handle(_ request: Request, context: AdminContext, next: (Request, AdminContext) async throws -> Response)
        async throws
        -> Response
    {
        do {
            return try await next(request, context)
        } catch let refusal as Refusal {
            return try JSONBody.response(refusal.error, status: refusal.status)
        } catch let refusal as any GatewayRefusal {
            let (status, code) = refusal.kind.answer
            let error = APIError(code, refusal.reasons.joined(separator: "; "), details: refusal.details)
            return try JSONBody.response(error, status: status)
        } catch let error as HTTPParserError {
            // The client broke off, or speaks no HTTP: its own fault, and nothing for the log.
            return try JSONBody.response(
                APIError("bad_request", "the request cannot be read: \(error)"), status: .badRequest)
        } catch is NIOTooManyBytesError {
            return try JSONBody.response(
                APIError("too_large", "the body is too large: 1 MiB for JSON, 32 MiB for a CSV file"),
                status: .contentTooLarge)
        } catch let error as HTTPError where error.status == .notFound && !methods(request.uri.path).isEmpty {
            let allowed = methods(request.uri.path).map(\.rawValue).sorted().joined(separator: ", ")
            var response = try JSONBody.response(
                APIError("method_not_allowed", "this address takes \(allowed)"), status: .methodNotAllowed)
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
        } catch {
            context.logger.error("A request failed.", metadata: ["path": "\(request.uri.path)", "reason": "\(error)"])
            return try JSONBody.response(
                APIError("internal", "the request failed; the daemon's log says why"), status: .internalServerError)
        }
    }
}

/// What the stations refuse, as the API says it.
protocol GatewayRefusal: Error {
    var kind: RefusalKind { get }
    var reasons: [String] { get }
}

extension GatewayRefusal {
    /// Several reasons are listed beside the sentence that names them all.
    var details: [String] { reasons.count > 1 ? reasons : [] }
}

enum RefusalKind {
    case notFound, wrongState, notValid

    var answer: (HTTPResponse.Status, String) {
        switch self {
        case .notFound: (.notFound, "not_found")
        case .wrongState: (.conflict, "wrong_state")
        case .notValid: (.unprocessableContent, "not_valid")
        }
    }
}

extension ClockRefusal: GatewayRefusal {
    var kind: RefusalKind { .wrongState }
    var reasons: [String] { [description] }
}

extension ImportGate.Busy: GatewayRefusal {
    var kind: RefusalKind { .wrongState }
    var reasons: [String] { [description] }
}

extension TicketDesk.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .noTicket: .notFound
        case .closedAlready, .openAlready, .isJob: .wrongState
        case .nobodyToWriteTo, .empty, .tooLong: .notValid
        }
    }
}

extension JobDesk.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .noJob: .notFound
        case .wrongStatus, .paidAlready, .hasOpenJobs: .wrongState
        case .noContractor, .deadlinePassed: .notValid
        }
    }
}

extension BroadcastRefusal: GatewayRefusal {
    var kind: RefusalKind { .notValid }
}

extension PaymentOrders.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .noPayment: .notFound
        case .wrongState, .onTheWire, .noRequest, .noToken, .tokenWasSent, .sameDevice: .wrongState
        case .noDevice, .cannotServe, .badToken, .tokenOfAnother, .nobodyToSendTo: .notValid
        }
    }
}

extension WalletOrders.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .noFormats, .noCentre: .notFound
        case .notInUse, .isListed: .wrongState
        case .whichModem, .cannotRead: .notValid
        }
    }
}

extension SalesDesk.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .noSale: .notFound
        case .cancelled, .paidOff, .hasPlan: .wrongState
        default: .notValid
        }
    }
}

extension TariffDesk.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .noTariff: .notFound
        case .inUse: .wrongState
        default: .notValid
        }
    }
}

extension ManagementTokens.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .keyChangeOpen, .noKeyChange: .wrongState
        case .token, .nobodyToSendTo: .notValid
        }
    }
}
