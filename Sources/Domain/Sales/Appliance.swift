/// Something that the company sells.
package struct Appliance: Sendable, Hashable {
    package var id = ApplianceID(0)
    package var name: String
    /// The list's price.
    package var price: Money
    /// Days before an instalment is due, and after, when its customer is reminded; `nil` for not at all.
    package var remindBefore: Int?
    package var remindAfter: Int?

    package init(name: String, price: Money, remindBefore: Int?, remindAfter: Int?) {
        self.name = name
        self.price = price
        self.remindBefore = remindBefore
        self.remindAfter = remindAfter
    }
}
