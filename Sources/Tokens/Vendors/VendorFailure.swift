/// The reason why there is no delivery. The cases differ in the state of the order.
package enum VendorFailure: Error, Codable, Sendable, Hashable, CustomStringConvertible {
    /// The order was not carried out, and repeating it will not help.
    case refused(String)
    /// The order was not carried out, and must be repeated later.
    case notReached(String)
    /// The vendor reported a failure, but the order may still have been carried out.
    case failed(String)
    /// The order may have been carried out.
    case unknown(String)

    package var description: String {
        switch self {
        case .refused(let reason), .notReached(let reason), .failed(let reason), .unknown(let reason): reason
        }
    }
}

extension VendorFailure {
    /// A client error. Wrong credentials are corrected once for all orders, which wait for that.
    static func clientError(_ status: Int) -> VendorFailure {
        status == 401 || status == 403
            ? .notReached("the service rejected the credentials (\(status))")
            : .refused("the service refused the order (\(status))")
    }
}
