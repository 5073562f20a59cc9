/// The division of an amount into instalments.
package struct PlanTerms: Hashable, Sendable {
    /// How the size of the instalments is determined.
    package enum Division: Hashable, Sendable {
        /// This many instalments of one size; the last one includes the remainder.
        case count(Int)
        /// Instalments of this size; the last one is the remainder, which is never larger.
        case amount(Money)
    }

    /// The interval between due dates.
    package enum Interval: String, Codable, Sendable, CaseIterable {
        case weekly
        case monthly
    }

    /// Maximum number of instalments: more than ten years of weeks.
    package static let mostInstalments = 600

    /// A reason why a plan is impossible.
    package enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        case nothingToPay
        case noInstalments
        case tooMany(Int)
        /// The size of an instalment would be zero.
        case tooSmall
        case endsTooLate

        package var description: String {
            switch self {
            case .nothingToPay: "there is no amount left to pay in instalments"
            case .noInstalments: "a plan needs at least one instalment, of an amount more than 0"
            case .tooMany(let count): "\(count) instalments are too many: the maximum is \(PlanTerms.mostInstalments)"
            case .tooSmall: "the amount is too small for so many instalments"
            case .endsTooLate: "the plan would end after the year 9999"
            }
        }
    }

    package var division: Division
    package var interval: Interval
    /// The due date of the first instalment.
    package var first: CalendarDate

    package init(_ division: Division, _ interval: Interval, from first: CalendarDate) {
        self.division = division
        self.interval = interval
        self.first = first
    }

    /// Divides `rest` into instalments, in order; their costs add up to `rest` exactly.
    /// - Throws: `Fault` if `rest` is not positive or cannot be divided on these terms.
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

    /// The due date of an instalment. Months are counted from the first date and end on their last day at the latest:
    /// 31 January is followed by 28 February and 31 March.
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
