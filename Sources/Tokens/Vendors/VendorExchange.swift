import Foundation

/// Sends one request to a vendor's service and returns the response.
package protocol VendorExchange: Sendable {
    /// - Throws: `VendorFailure`, which says whether the order may have been carried out.
    func run(_ request: VendorRequest) async throws(VendorFailure) -> VendorAnswer
}
