import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A request with its body, as a driver reads it.
package struct Call: Sendable {
    /// The parts of the path behind the driver's name.
    package var path: [String]
    package var query: [String: String]
    /// The headers by their name in lower case.
    package var headers: [String: String]
    package var body: [UInt8]

    package init(
        path: [String] = [], query: [String: String] = [:], headers: [String: String] = [:], body: [UInt8] = []
    ) {
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The largest body that is read, in bytes.
    static let longestBody = 64 * 1024

    init(_ request: inout Request, path: [String]) async throws {
        self.path = path
        query = Dictionary(
            request.uri.queryParameters.map { (String($0.key), String($0.value)) },
            uniquingKeysWith: { first, _ in first })
        headers = Dictionary(
            request.headers.map { ($0.name.canonicalName, $0.value) }, uniquingKeysWith: { first, _ in first })
        body = Array(try await request.collectBody(upTo: Self.longestBody).readableBytesView)
    }
}
