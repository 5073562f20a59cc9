import HTTPTypes
import Hummingbird
import NIOCore

/// The answer to a call.
package struct Reply: Sendable, Hashable {
    package var status: Int
    package var type: String
    package var body: String

    package static func json(_ body: String, status: Int = 200) -> Self {
        .init(status: status, type: "application/json", body: body)
    }

    package static func xml(_ body: String, status: Int = 200) -> Self {
        .init(status: status, type: "application/xml", body: #"<?xml version="1.0" encoding="UTF-8"?>"# + body)
    }

    package static func text(_ body: String, status: Int = 200) -> Self {
        .init(status: status, type: "text/plain; charset=utf-8", body: body)
    }

    /// No decision: the provider should repeat the request.
    static let tryAgain = Reply.text("try again", status: 503)

    var response: Response {
        var response = Response(
            status: .init(code: status), headers: [.contentType: type],
            body: .init(byteBuffer: ByteBuffer(string: body)))
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
