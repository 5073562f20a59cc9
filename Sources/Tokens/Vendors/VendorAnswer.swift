import Foundation

/// The response of a vendor's service.
package struct VendorAnswer: Codable, Sendable {
    package let status: Int
    package let body: Data

    /// The fields of a JSON object.
    var fields: [String: Any]? { try? JSONSerialization.jsonObject(with: body) as? [String: Any] }
}
