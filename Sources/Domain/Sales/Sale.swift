/// A sale on instalments, or a debt that is paid like one.
package struct Sale: Sendable, Hashable {
    /// The state of a sale.
    package enum State: String, Sendable, CaseIterable, Codable {
        case open
        case cancelled
    }

    package var id = SaleID(0)
    package var customer: CustomerID
    /// The device whose payment plan this is.
    package var device: DeviceID?
    /// `nil` for a debt left by a reversed payment.
    package var appliance: ApplianceID?
    package var name: String
    package var price: Money
    /// The list price at the time of the sale.
    package var listPrice: Money?
    package var downPayment: Money
    package var state = State.open
    /// Days earned by instalments that a later plan replaced.
    package var daysEarnedBefore = 0
    package var daysGranted = 0
    /// The reversed payment that left this debt because its token had already been sent.
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
