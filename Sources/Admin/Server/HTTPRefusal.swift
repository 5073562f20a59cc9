import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// An error with its HTTP status.
struct HTTPRefusal: Error, HTTPResponseError {
    let status: HTTPResponse.Status
    let error: APIError

    func response(from request: Request, context: some RequestContext) throws -> Response {
        try JSONBody.response(error, status: status)
    }
}
