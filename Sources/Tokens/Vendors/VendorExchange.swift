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
}

/// The response of a vendor's service.
package struct VendorAnswer: Codable, Sendable {
    package let status: Int
    package let body: Data

    /// The fields of a JSON object.
    var fields: [String: Any]? { try? JSONSerialization.jsonObject(with: body) as? [String: Any] }
}

/// Sends one request to a vendor's service and returns the response.
package protocol VendorExchange: Sendable {
    /// - Throws: `VendorFailure`, which says whether the order may have been carried out.
    func run(_ request: VendorRequest) async throws(VendorFailure) -> VendorAnswer
}
