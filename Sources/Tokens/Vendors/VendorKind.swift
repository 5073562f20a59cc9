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
