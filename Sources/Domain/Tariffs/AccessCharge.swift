/// An access rate that fell due, with what was paid of it.
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
