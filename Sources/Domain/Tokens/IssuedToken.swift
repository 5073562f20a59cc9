/// A token that was made, for a payment or by an act of staff.
package struct IssuedToken: Sendable, Hashable {
    package var id = TokenID(0)
    package var device: DeviceID
    package var payment: PaymentID?
    /// Why staff made it, when no payment did.
    package var act: String?
    /// What is typed in; several codes are separated by spaces, in the order in which they are typed. Empty where the
    /// maker charges the device over the air.
    package var digits: String
    /// An STS token's TID, or the count of an OpenPAYGO code.
    package var identifier: Int64?
    /// The TID counts from here.
    package var baseDate: Int?
    package var energy = Energy(tenths: 0)
    package var days = 0
    package var unlocks = false
    package var createdAt: Timestamp
    /// Its payment was taken back.
    package var isUndone = false
    /// It never left the house, and never will.
    package var isVoid = false

    package init(device: DeviceID, payment: PaymentID?, act: String? = nil, digits: String, createdAt: Timestamp) {
        self.device = device
        self.payment = payment
        self.act = act
        self.digits = digits
        self.createdAt = createdAt
    }

    /// Each code by itself.
    package var codes: [String] { digits.split(separator: " ").map(String.init) }
}
