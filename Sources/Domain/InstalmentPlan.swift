/// One instalment of a device's payment plan.
package struct PlanInstalment: Hashable, Sendable {
    package let id: InstalmentID
    package let due: CalendarDate
    package let cost: Money
    package let paid: Money
    /// Days that the instalment pays for: from its due date to the next one's.
    package let gap: Int

    package init(id: InstalmentID, due: CalendarDate, cost: Money, paid: Money, gap: Int) {
        self.id = id
        self.due = due
        self.cost = cost
        self.paid = paid
        self.gap = gap
    }

    package var open: Money { max(cost - paid, .zero) }

    func paying(_ money: Money) -> PlanInstalment {
        PlanInstalment(id: id, due: due, cost: cost, paid: paid + money, gap: gap)
    }
}

package enum InstalmentPlan {
    /// Days from each due date to the next one's; the last has the gap before it, a single one 30 days.
    package static func gaps(of due: [CalendarDate]) -> [Int] {
        let gaps = zip(due, due.dropFirst()).map { $1.daysSince1970 - $0.daysSince1970 }
        return due.isEmpty ? [] : gaps + [gaps.last ?? 30]
    }

    /// Days earned in all: the gaps of whole instalments and the begun part of the next, rounded up.
    ///
    /// Counted over everything paid so far, so that many small payments never earn more than one large one.
    package static func entitlement(_ plan: [PlanInstalment]) -> Int {
        plan.reduce(0) { days, instalment in
            guard instalment.paid.isPositive, instalment.cost.isPositive else { return days }
            let paid = Int128(min(instalment.paid, instalment.cost).minor)
            let cost = Int128(instalment.cost.minor)
            return days + Int((paid * Int128(instalment.gap) + cost - 1) / cost)
        }
    }
}
