/// A vendor's service that issues tokens for its devices, or credits them over the air.
///
/// Vendors differ in whether they take money or units, return a token or credit the device remotely, and recognise a
/// repeated order by our id. A new vendor needs one type with this protocol and one case in `VendorKind`.
package protocol VendorAPI: Sendable {
    var traits: VendorTraits { get }

    /// Whether a code, without spaces and dashes, has the form that this vendor's devices accept.
    func isToken(_ code: String) -> Bool

    /// Orders a token or a remote credit for a device.
    ///
    /// - Throws: `VendorFailure`, which says whether the order may have been carried out.
    func issue(_ order: VendorOrder) async throws(VendorFailure) -> VendorDelivery

    /// The result of an order whose response was lost; `nil` if the vendor does not know the order, so that it can be
    /// repeated.
    ///
    /// - Throws: `VendorFailure` if the vendor cannot be asked or the result remains unknown.
    func outcome(of order: VendorOrder) async throws(VendorFailure) -> VendorDelivery?
}

extension VendorAPI {
    /// The default for vendors without such a query.
    ///
    /// - Throws: `VendorFailure.unknown` always.
    package func outcome(of order: VendorOrder) async throws(VendorFailure) -> VendorDelivery? {
        throw .unknown("this vendor has no query for the result of an order")
    }
}
