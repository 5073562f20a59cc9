/// Computes the days of use that instalments pay for.
package enum InstalmentPlan {
    /// Days from each due date to the next. The last one repeats the gap before it; a single instalment has 30 days.
    package static func gaps(of due: [CalendarDate]) -> [Int] {
        let gaps = zip(due, due.dropFirst()).map { $1.daysSince1970 - $0.daysSince1970 }
        return due.isEmpty ? [] : gaps + [gaps.last ?? 30]
    }

    /// The total days earned: for each instalment its gap times the paid share of its cost, rounded up.
    ///
    /// Computed from the total paid, so that many small payments never earn more than one large payment.
    package static func entitlement(_ plan: [PlanInstalment]) -> Int {
        plan.reduce(0) { days, instalment in
            guard instalment.paid.isPositive, instalment.cost.isPositive else { return days }
            let paid = Int128(min(instalment.paid, instalment.cost).minor)
            let cost = Int128(instalment.cost.minor)
            return days + Int((paid * Int128(instalment.gap) + cost - 1) / cost)
        }
    }
}
