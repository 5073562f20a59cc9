/// One instalment of a device's payment plan.
package struct PlanInstalment: Hashable, Sendable {
    package let id: InstalmentID
    package let due: CalendarDate
    package let cost: Money
    package let paid: Money
    /// Days of use that the instalment pays for: from its due date to the next.
    package let gap: Int

    package init(id: InstalmentID, due: CalendarDate, cost: Money, paid: Money, gap: Int) {
        self.id = id
        self.due = due
        self.cost = cost
        self.paid = paid
        self.gap = gap
    }

    package var outstanding: Money { max(cost - paid, .zero) }

    func paying(_ money: Money) -> PlanInstalment {
        PlanInstalment(id: id, due: due, cost: cost, paid: paid + money, gap: gap)
    }
}
