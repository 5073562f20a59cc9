import Foundation

/// What is asked of a maker's service.
package struct VendorRequest: Codable, Sendable {
    package let address: String
    /// The body's.
    package let type: String
    package let headers: [String: String]
    package let body: Data
    /// Seconds for all of it.
    package let timeout: TimeInterval
    /// Octets; a longer answer is cut off.
    package let longestAnswer: Int
}

/// What a maker's service said.
package struct VendorAnswer: Codable, Sendable {
    package let status: Int
    package let body: Data

    /// The fields of a JSON object.
    var fields: [String: Any]? { try? JSONSerialization.jsonObject(with: body) as? [String: Any] }
}

/// Brings one request to a maker's service and its answer back. What is thrown says whether the order can have been
/// carried out.
package protocol VendorExchange: Sendable {
    func run(_ request: VendorRequest) async throws(VendorFailure) -> VendorAnswer
}
