import Foundation
import HTTPTypes
import NIOHTTP1

/// The kind of a refusal, which decides the HTTP status and the error code.
enum RefusalKind {
    case notFound, wrongState, conflict, notValid, badRequest

    var answer: (HTTPResponse.Status, String) {
        switch self {
        case .notFound: (.notFound, "not_found")
        case .wrongState: (.conflict, "wrong_state")
        case .conflict: (.conflict, "conflict")
        case .badRequest: (.badRequest, "bad_request")
        case .notValid: (.unprocessableContent, "not_valid")
        }
    }
}
