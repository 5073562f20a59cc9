/// How the rest of a price is divided into instalments.
package struct PlanTerms: Hashable, Sendable {
    package enum Division: Hashable, Sendable {
        /// So many instalments of the same size, the remainder on the last one.
        case count(Int)
        /// Instalments of this size, the remainder as the last one: never above what was promised.
        case amount(Money)
    }

    package enum Interval: String, Codable, Sendable, CaseIterable {
        case weekly
        case monthly
    }

    /// Ten years of weeks and some.
    package static let mostInstalments = 600

    /// Why there is no such plan.
    package enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        case nothingToPay
        case noInstalments
        case tooMany(Int)
        /// An instalment would be nothing at all.
        case tooSmall
        case endsTooLate

        package var description: String {
            switch self {
            case .nothingToPay: "nothing is left to be paid in instalments"
            case .noInstalments: "a plan has at least one instalment, of more than nothing"
            case .tooMany(let count): "\(count) instalments are too many: \(PlanTerms.mostInstalments) are the most"
            case .tooSmall: "there are more instalments than the smallest coins of the rest"
            case .endsTooLate: "the plan would not end before the year 10000"
            }
        }
    }

    package var division: Division
    package var interval: Interval
    /// When the first one is due.
    package var first: CalendarDate

    package init(_ division: Division, _ interval: Interval, from first: CalendarDate) {
        self.division = division
        self.interval = interval
        self.first = first
    }

    /// The instalments of `rest`, in order. Their costs add up to it exactly.
    package func instalments(of rest: Money) throws(Fault) -> [(due: CalendarDate, cost: Money)] {
        guard rest.isPositive else { throw .nothingToPay }
        let (count, each) = try size(of: rest)
        var instalments: [(due: CalendarDate, cost: Money)] = []
        for number in 0..<count {
            guard let due = due(number) else { throw .endsTooLate }
            let isLast = number == count - 1
            instalments.append((due, isLast ? Money(minor: rest.minor - each.minor * Int64(count - 1)) : each))
        }
        return instalments
    }

    private func size(of rest: Money) throws(Fault) -> (count: Int, each: Money) {
        switch division {
        case .count(let count):
            guard count >= 1 else { throw .noInstalments }
            guard count <= Self.mostInstalments else { throw .tooMany(count) }
            let each = Money(minor: rest.minor / Int64(count))
            guard each.isPositive else { throw .tooSmall }
            return (count, each)
        case .amount(let each):
            guard each.isPositive else { throw .noInstalments }
            let count = (rest.minor - 1) / each.minor + 1
            guard count <= Int64(Self.mostInstalments) else { throw .tooMany(Int(clamping: count)) }
            return (Int(count), each)
        }
    }

    /// Months end where they end: 31 January is followed by 28 February and 31 March, counted from the first date.
    private func due(_ number: Int) -> CalendarDate? {
        switch interval {
        case .weekly:
            let due = first.adding(days: 7 * number)
            return due.year <= 9_999 ? due : nil
        case .monthly:
            let months = first.year * 12 + first.month - 1 + number
            let (year, month) = (months / 12, months % 12 + 1)
            guard year <= 9_999 else { return nil }
            return CalendarDate(
                year: year, month: month, day: min(first.day, CalendarDate.days(in: month, of: year)))
        }
    }
}
