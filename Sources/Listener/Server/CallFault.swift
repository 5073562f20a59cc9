/// Why a request is refused before it counts.
package enum CallFault: String, Error, Sendable, CaseIterable {
    /// It is not in the provider's form.
    case malformed
    /// Signature, password or token are wrong.
    case unproven
    /// It was signed too long ago.
    case expired
    case wrongAddress = "wrong_address"
    case tooLarge = "too_large"
    case tooMany = "too_many"
    case unknownRoute = "unknown_route"

    var status: Int {
        switch self {
        case .malformed: 400
        case .unproven, .expired: 401
        case .wrongAddress: 403
        case .tooLarge: 413
        case .tooMany: 429
        case .unknownRoute: 404
        }
    }
}
