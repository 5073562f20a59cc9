/// One instalment as it stands.
package struct Instalment: Sendable, Hashable {
    package let id: InstalmentID
    package let due: CalendarDate
    package let cost: Money
    package let paid: Money
    /// A later plan stands in for what was outstanding of it.
    package let isReplaced: Bool

    package var outstanding: Money { isReplaced ? .zero : cost - paid }

    package init(id: InstalmentID, due: CalendarDate, cost: Money, paid: Money, isReplaced: Bool) {
        self.id = id
        self.due = due
        self.cost = cost
        self.paid = paid
        self.isReplaced = isReplaced
    }
}
