import Domain

package struct VendorOrder: Sendable, Hashable {
    /// Our id, the same for each attempt of an order.
    package let id: String
    /// The serial as the vendor prints it.
    package let serial: String
    package let worth: TokenWorth
    /// The money paid for the order.
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
