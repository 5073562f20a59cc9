/// An access rate that fell due, with its amount and the amount paid.
package struct AccessCharge: Sendable, Hashable {
    package let due: CalendarDate
    package let amount: Money
    package let paid: Money

    package init(due: CalendarDate, amount: Money, paid: Money) {
        self.due = due
        self.amount = amount
        self.paid = paid
    }
}
