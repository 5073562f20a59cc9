import Foundation
import HTTPTypes
import Hummingbird
import NIOHTTP1

/// An error with its HTTP status.
struct HTTPRefusal: Error, HTTPResponseError {
    let status: HTTPResponse.Status
    let error: APIError

    func response(from request: Request, context: some RequestContext) throws -> Response {
        try JSONBody.response(error, status: status)
    }
}
