import Domain

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

package struct VendorTraits: Sendable, Hashable {
    /// The kinds of devices that the vendor makes.
    package var kinds: Set<DeviceKind>
    /// Repeated orders with the same id are carried out once.
    package var isIdempotent = false
    /// `outcome(of:)` is supported.
    package var canBeAsked = false
    /// Tokens are unique to a device: the same token is never issued for another.
    package var tokensAreUnique = false
    /// It credits the device remotely: an order carried out twice credits the device twice. An unused second token does
    /// not.
    package var chargesOverTheAir = false

    package init(kinds: Set<DeviceKind>) { self.kinds = kinds }
}

package struct VendorOrder: Sendable, Hashable {
    /// Our id, the same for each attempt of an order.
    package let id: String
    /// The serial as the vendor prints it.
    package let serial: String
    package let worth: TokenWorth
    /// The money paid for the order.
    package let amount: Money
    package let currency: Currency

    package init(id: String, serial: String, worth: TokenWorth, amount: Money, currency: Currency) {
        self.id = id
        self.serial = serial
        self.worth = worth
        self.amount = amount
        self.currency = currency
    }
}

package enum VendorDelivery: Sendable, Hashable {
    /// The token to type in.
    case token(String)
    /// The device was credited remotely.
    case overTheAir
}

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

/// The supported vendors.
package enum VendorKind: String, Sendable, CaseIterable {
    case calin
    case sunking

    /// The names of the secrets that the service needs.
    package var secrets: [String] {
        switch self {
        case .calin: ["user_id", "password"]
        case .sunking: ["client_id", "client_secret"]
        }
    }

    /// `authURL` is the address where Sun King issues access tokens.
    package func service(_ endpoint: VendorEndpoint, authURL: String?, secrets: [String: String]) -> any VendorAPI {
        switch self {
        case .calin: CalinAPI(endpoint, user: secrets["user_id"] ?? "", password: secrets["password"] ?? "")
        case .sunking:
            SunKingAPI(
                endpoint, authURL: authURL ?? "", client: secrets["client_id"] ?? "",
                secret: secrets["client_secret"] ?? "")
        }
    }
}
