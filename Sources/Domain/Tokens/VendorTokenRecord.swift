/// A token that is asked for at its maker's.
package struct VendorTokenRecord: Sendable, Hashable {
    package enum State: String, Sendable, Codable, CaseIterable {
        /// To be asked when its time comes.
        case waiting
        /// On the wire: what comes of it is not known yet.
        case asking
        /// Nobody knows whether the maker made it; the maker is asked what came of it.
        case inquiring
        /// Nobody knows, and nobody can be asked but a person.
        case unknown
        /// The maker made none, and says so.
        case refused
        case done
        /// Its payment was taken back.
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
    /// The money that is for it.
    package var amount: Money
    /// For another device's plan that the payment's overdue money advanced: the payment does not wait for it.
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
