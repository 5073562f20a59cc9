/// Something sold on instalments, or a debt that is paid like it.
package struct Sale: Sendable, Hashable {
    package enum State: String, Sendable, CaseIterable, Codable {
        case open
        case cancelled
    }

    package var id = SaleID(0)
    package var customer: CustomerID
    /// The device that this is the payment plan of.
    package var device: DeviceID?
    /// `nil` for the debt of a payment that was reversed.
    package var appliance: ApplianceID?
    package var name: String
    package var price: Money
    /// What the list said on that day.
    package var listPrice: Money?
    package var downPayment: Money
    package var state = State.open
    /// Earned by instalments that a later plan replaced.
    package var daysEarnedBefore = 0
    package var daysGranted = 0
    /// The reversed payment whose token was sent already.
    package var payment: PaymentID?
    package var createdAt: Timestamp

    package init(
        customer: CustomerID, device: DeviceID?, appliance: ApplianceID?, name: String, price: Money,
        listPrice: Money?, downPayment: Money, at now: Timestamp
    ) {
        self.customer = customer
        self.device = device
        self.appliance = appliance
        self.name = name
        self.price = price
        self.listPrice = listPrice
        self.downPayment = downPayment
        createdAt = now
    }
}
