/// A token that was made for a payment or by an action of staff.
package struct IssuedToken: Sendable, Hashable {
    package var id = TokenID(0)
    package var device: DeviceID
    package var payment: PaymentID?
    /// The action of staff that made it; `nil` if a payment did.
    package var act: String?
    /// The digits to enter. Several codes are separated by spaces, in the order of entry. Empty if the vendor credits
    /// the device over the air.
    package var digits: String
    /// The TID of an STS token, or the count of an OpenPAYGO code.
    package var identifier: Int64?
    /// The base date from which an STS TID is counted.
    package var baseDate: Int?
    package var energy = Energy(tenths: 0)
    package var days = 0
    package var unlocks = false
    package var createdAt: Timestamp
    /// Whether its payment was undone.
    package var isUndone = false
    /// Whether it was undone before it was sent and must never be sent.
    package var isVoid = false

    package init(device: DeviceID, payment: PaymentID?, act: String? = nil, digits: String, createdAt: Timestamp) {
        self.device = device
        self.payment = payment
        self.act = act
        self.digits = digits
        self.createdAt = createdAt
    }

    /// The single codes.
    package var codes: [String] { digits.split(separator: " ").map(String.init) }
}
