/// An unpaid instalment whose customer is to be reminded.
package struct DueInstalment: Sendable, Hashable {
    package let id: InstalmentID
    package let customer: CustomerID
    package let name: String
    package let due: CalendarDate
    package let open: Money

    package init(id: InstalmentID, customer: CustomerID, name: String, due: CalendarDate, open: Money) {
        self.id = id
        self.customer = customer
        self.name = name
        self.due = due
        self.open = open
    }
}
