import Foundation

/// A request to a vendor's service.
package struct VendorRequest: Codable, Sendable {
    package let address: String
    /// The content type of the body.
    package let type: String
    package let headers: [String: String]
    package let body: Data
    /// The timeout of the whole exchange, in seconds.
    package let timeout: TimeInterval
    /// The maximum length of the response in bytes; a longer one is cancelled.
    package let longestAnswer: Int

    package init(
        address: String, type: String, headers: [String: String] = [:], body: Data, timeout: TimeInterval,
        longestAnswer: Int
    ) {
        self.address = address
        self.type = type
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.longestAnswer = longestAnswer
    }
}
