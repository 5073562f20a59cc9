/// One instalment of a sale, with its cost and the amount paid.
package struct Instalment: Sendable, Hashable {
    package let id: InstalmentID
    package let due: CalendarDate
    package let cost: Money
    package let paid: Money
    /// Whether a later plan replaced it; then nothing of it is outstanding.
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
