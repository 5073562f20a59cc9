import HTTPTypes
import Foundation
import NIOHTTP1

/// An error as sent to clients: `{"error":{"code","message","details"}}`.
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

    static func notFound(_ what: String) -> HTTPRefusal {
        HTTPRefusal(status: .notFound, error: APIError("not_found", "there is no \(what)"))
    }

    static func conflict(_ message: String) -> HTTPRefusal {
        HTTPRefusal(status: .conflict, error: APIError("wrong_state", message))
    }

    static func badRequest(_ message: String) -> HTTPRefusal {
        HTTPRefusal(status: .badRequest, error: APIError("bad_request", message))
    }
}
