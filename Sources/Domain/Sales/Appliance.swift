/// An item of the company's catalogue.
package struct Appliance: Sendable, Hashable {
    package var id = ApplianceID(0)
    package var name: String
    /// The list price.
    package var price: Money
    /// Days before the due date of an instalment when the customer is reminded; `nil` for no reminder.
    package var remindBefore: Int?
    /// Days after the due date of an instalment when the customer is reminded; `nil` for no reminder.
    package var remindAfter: Int?

    package init(name: String, price: Money, remindBefore: Int?, remindAfter: Int?) {
        self.name = name
        self.price = price
        self.remindBefore = remindBefore
        self.remindAfter = remindAfter
    }
}
