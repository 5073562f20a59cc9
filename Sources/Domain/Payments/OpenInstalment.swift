/// An unpaid instalment of a sale.
package struct OpenInstalment: Hashable, Sendable {
    package let id: InstalmentID
    package let due: CalendarDate
    package let outstanding: Money

    package init(id: InstalmentID, due: CalendarDate, outstanding: Money) {
        self.id = id
        self.due = due
        self.outstanding = outstanding
    }
}
