import Domain

/// A maker's service that makes tokens for its devices, or charges them over the air.
///
/// Makers differ in whether they take money or units, hand out a token or charge from afar, and know a request again by
/// an id of ours. A new maker is one type with this protocol and one name in `VendorKind`.
package protocol VendorAPI: Sendable {
    var traits: VendorTraits { get }

    /// Whether a code, without spaces and dashes, is of the shape that this maker's devices take.
    func isToken(_ code: String) -> Bool

    /// Asks for what a device is to get.
    func issue(_ order: VendorOrder) async throws(VendorFailure) -> VendorDelivery

    /// What came of an order whose answer was lost; `nil` when the maker knows of none, so that it may be given again.
    func outcome(of order: VendorOrder) async throws(VendorFailure) -> VendorDelivery?
}

extension VendorAPI {
    package func outcome(of order: VendorOrder) async throws(VendorFailure) -> VendorDelivery? {
        throw .unknown("this maker cannot be asked what came of an order")
    }
}

package struct VendorTraits: Sendable, Hashable {
    /// The devices that it makes.
    package var kinds: Set<DeviceKind>
    /// The same order with the same id is carried out once.
    package var isIdempotent = false
    /// `outcome(of:)` answers.
    package var canBeAsked = false
    /// A token is of one device alone: it never comes again for another.
    package var tokensAreUnique = false
    /// It charges the device from afar: an order carried out twice has charged twice. A token that nobody saw has not.
    package var chargesOverTheAir = false

    package init(kinds: Set<DeviceKind>) { self.kinds = kinds }
}

package struct VendorOrder: Sendable, Hashable {
    /// Ours, the same for each attempt at the same order.
    package let id: String
    /// As the maker prints it.
    package let serial: String
    package let worth: TokenWorth
    /// The money that it is for.
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
    /// What is typed in.
    case token(String)
    /// The device has it already.
    case overTheAir
}

/// Why there is no delivery. The cases differ in what is known of the order.
package enum VendorFailure: Error, Codable, Sendable, Hashable, CustomStringConvertible {
    /// It was not carried out, and will not be when it is given again.
    case refused(String)
    /// It was not carried out: to be given again later.
    case notReached(String)
    /// The maker says that it failed, and cannot be trusted to mean that nothing was done.
    case failed(String)
    /// It may have been carried out.
    case unknown(String)

    package var description: String {
        switch self {
        case .refused(let reason), .notReached(let reason), .failed(let reason), .unknown(let reason): reason
        }
    }
}

extension VendorFailure {
    /// An error that the service puts on us. Credentials are mended once for all orders, which wait for it.
    static func clientError(_ status: Int) -> VendorFailure {
        status == 401 || status == 403
            ? .notReached("the service refuses our credentials (\(status))")
            : .refused("the service refused the order (\(status))")
    }
}

/// The makers whose services are known.
package enum VendorKind: String, Sendable, CaseIterable {
    case calin
    case sunking

    /// The names of the secrets that its service asks for.
    package var secrets: [String] {
        switch self {
        case .calin: ["user_id", "password"]
        case .sunking: ["client_id", "client_secret"]
        }
    }

    /// `authURL` is where SunKing hands out access tokens.
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
