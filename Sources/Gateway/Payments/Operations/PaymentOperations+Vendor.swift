import Tokens
import Domain
import Store

/// Operations on tokens that are pending at their vendor.
extension PaymentOperations {
    /// Requests a stuck token again, after staff have checked that none was issued or that it does not matter.
    /// - Throws: `Refusal` if there is no such payment or its token is not stuck, and `StoreError`.
    package func retry(_ id: PaymentID, _ step: Step) throws {
        var request = try stuckRequest(id, step)
        request.state = .waiting
        request.attempts = 0
        request.notBefore = step.now
        try step.vendorTokens.update(request, at: step.now)
    }

    /// Delivers a stuck token that staff found at the vendor. `token` is `nil` if the vendor charged the device over
    /// the air.
    /// - Throws: `Refusal` if no token is stuck, or the token is not valid or belongs to another operation, and
    ///   `StoreError`.
    package func settle(_ id: PaymentID, token: String?, _ step: Step) throws {
        let request = try stuckRequest(id, step)
        guard let token else {
            guard issuer.vendors[request.vendor]?.traits.chargesOverTheAir == true else {
                throw Refusal.badToken
            }
            return try vendorTokens.deliver(.overTheAir, for: request, step)
        }
        let digits = token.filter { !$0.isWhitespace && $0 != "-" }
        let requests = vendorTokens
        guard issuer.vendors[request.vendor]?.isToken(digits) ?? false else { throw Refusal.badToken }
        if let earlier = try requests.earlier(.token(digits), request, step) {
            throw Refusal.tokenOfAnother(earlier.payment)
        }
        try requests.deliver(.token(digits), for: request, step)
    }

    private func stuckRequest(_ id: PaymentID, _ step: Step) throws -> VendorTokenRecord {
        _ = try payment(id, step)
        if let request = try step.vendorTokens.stuck(of: id) { return request }
        let request = try step.vendorTokens.request(of: id)
        throw request.map { $0.state != .done } ?? false ? Refusal.onTheWire(id) : Refusal.noRequest(id)
    }
}
