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
