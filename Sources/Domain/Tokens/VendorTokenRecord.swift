/// A request to a vendor for a token.
package struct VendorTokenRecord: Sendable, Hashable {
    /// The state of a request.
    package enum State: String, Sendable, Codable, CaseIterable {
        /// Will be requested when `notBefore` has come.
        case waiting
        /// A request is in progress; its outcome is unknown.
        case asking
        /// The outcome of the request is unknown; the vendor will be asked for it.
        case inquiring
        /// The outcome is unknown and the vendor cannot be asked; staff must decide.
        case unknown
        /// The vendor refused.
        case refused
        case done
        /// The payment was undone.
        case cancelled
    }

    package var id = VendorTokenID(0)
    package var payment: PaymentID
    package var device: DeviceID
    package var vendor: String
    package var state = State.waiting
    package var energy: Energy
    package var days: Int
    package var unlocks: Bool
    /// The money that the token is for.
    package var amount: Money
    /// Whether the token is for another device, whose plan received overdue instalments of the payment. The payment
    /// does not wait for such a token.
    package var isBeside = false
    package var attempts = 0
    package var notBefore: Timestamp
    package var error: String?

    package init(
        payment: PaymentID, device: DeviceID, vendor: String, energy: Energy, days: Int, unlocks: Bool, amount: Money,
        at now: Timestamp
    ) {
        self.payment = payment
        self.device = device
        self.vendor = vendor
        self.energy = energy
        self.days = days
        self.unlocks = unlocks
        self.amount = amount
        notBefore = now
    }
}
