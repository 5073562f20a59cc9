import Domain
import TestSupport
import Testing

private func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

struct PlanRow: Sendable, CustomTestStringConvertible {
    let name: String
    let division: PlanTerms.Division
    let interval: PlanTerms.Interval
    let first: String
    let rest: Int64
    let due: [String]
    let costs: [Int64]

    var testDescription: String { name }

    static let table = [
        PlanRow(
            name: "a count, with the remainder on the last instalment", division: .count(3), interval: .weekly,
            first: "2026-12-01",
            rest: 1000, due: ["2026-12-01", "2026-12-08", "2026-12-15"], costs: [333, 333, 334]),
        PlanRow(
            name: "an amount, with the remainder as the last instalment", division: .amount(Money(minor: 400)),
            interval: .weekly,
            first: "2026-12-29", rest: 1000, due: ["2026-12-29", "2027-01-05", "2027-01-12"], costs: [400, 400, 200]),
        PlanRow(
            name: "an amount that divides evenly", division: .amount(Money(minor: 500)), interval: .weekly,
            first: "2026-12-01", rest: 1000, due: ["2026-12-01", "2026-12-08"], costs: [500, 500]),
        PlanRow(
            name: "an amount above the total", division: .amount(Money(minor: 5000)), interval: .monthly,
            first: "2026-12-01", rest: 1000, due: ["2026-12-01"], costs: [1000]),
        PlanRow(
            name: "short months use their last day, longer ones the original day", division: .count(5),
            interval: .monthly, first: "2027-01-31",
            rest: 5000, due: ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"],
            costs: [1000, 1000, 1000, 1000, 1000]),
        PlanRow(
            name: "a plan that ends on a leap day", division: .count(3), interval: .monthly, first: "2027-12-30",
            rest: 300,
            due: ["2027-12-30", "2028-01-30", "2028-02-29"], costs: [100, 100, 100]),
        PlanRow(
            name: "a plan of a year from a leap day", division: .count(13), interval: .monthly, first: "2028-02-29",
            rest: 1300,
            due: [
                "2028-02-29", "2028-03-29", "2028-04-29", "2028-05-29", "2028-06-29", "2028-07-29", "2028-08-29",
                "2028-09-29", "2028-10-29", "2028-11-29", "2028-12-29", "2029-01-29", "2029-02-28",
            ], costs: Array(repeating: 100, count: 13)),
        PlanRow(
            name: "instalments of one minor unit", division: .count(3), interval: .weekly, first: "2026-12-01", rest: 5,
            due: ["2026-12-01", "2026-12-08", "2026-12-15"], costs: [1, 1, 3]),
    ]
}

@Suite("Instalment plans")
struct PlanTests {
    @Test("an amount is divided as specified", arguments: PlanRow.table)
    func plans(_ row: PlanRow) throws {
        let terms = PlanTerms(row.division, row.interval, from: try day(row.first))
        let plan = try terms.instalments(of: Money(minor: row.rest))
        #expect(plan.map(\.due.description) == row.due)
        #expect(plan.map(\.cost.minor) == row.costs)
    }

    @Test("an impossible plan is refused with the reason")
    func refusals() throws {
        let first = try day("2026-12-01")
        func fault(_ division: PlanTerms.Division, _ rest: Int64, _ from: CalendarDate = first) -> PlanTerms.Fault? {
            do throws(PlanTerms.Fault) {
                _ = try PlanTerms(division, .monthly, from: from).instalments(of: Money(minor: rest))
                return nil
            } catch {
                return error
            }
        }
        #expect(fault(.count(0), 1000) == .noInstalments)
        #expect(fault(.count(-3), 1000) == .noInstalments)
        #expect(fault(.amount(.zero), 1000) == .noInstalments)
        #expect(fault(.count(601), 100_000) == .tooMany(601))
        #expect(fault(.amount(Money(minor: 1)), 1_000_000_000_000_000) == .tooMany(1_000_000_000_000_000))
        #expect(fault(.count(6), 5) == .tooSmall)
        #expect(fault(.count(2), 0) == .nothingToPay)
        #expect(fault(.count(2), -5) == .nothingToPay)
        #expect(fault(.count(20), 1000, try day("9998-12-01")) == .endsTooLate)
    }

    @Test("the instalments add up to the amount, with ascending due dates, for any terms")
    func addUp() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<3_000 {
            let rest = Money(minor: Int64.random(in: 1...10_000_000, using: &random))
            let division: PlanTerms.Division =
                Bool.random(using: &random)
                ? .count(Int.random(in: 1...60, using: &random))
                : .amount(Money(minor: Int64.random(in: 1...rest.minor, using: &random)))
            let first = CalendarDate(daysSince1970: Int.random(in: 15_000...30_000, using: &random))
            let interval: PlanTerms.Interval = Bool.random(using: &random) ? .weekly : .monthly
            guard let plan = try? PlanTerms(division, interval, from: first).instalments(of: rest) else { continue }
            #expect(plan.map(\.cost).sum == rest)
            #expect(plan.allSatisfy { $0.cost.isPositive })
            #expect(zip(plan, plan.dropFirst()).allSatisfy { $0.due < $1.due })
            #expect(plan.first?.due == first)
            if case .amount(let each) = division { #expect(plan.allSatisfy { $0.cost <= each }) }
        }
    }
}

@Suite("The clock check")
struct ClockCheckTests {
    private let mark = Timestamp(seconds: 1_800_000_000)

    private static let cases: [(Int64, Bool)] = [
        (0, true), (-3_600, true), (-3_601, false), (3_456_000, true), (31_622_400, true), (31_622_401, false),
        (-1_800_000_000, false),
    ]

    @Test("a clock at most an hour behind and a year ahead of the mark is plausible", arguments: cases)
    func plausible(_ seconds: Int64, isGood: Bool) {
        #expect((ClockCheck.fault(mark.adding(.seconds(seconds)), after: mark) == nil) == isGood)
    }

    @Test("a clock is plausible if no mark is recorded")
    func unknown() { #expect(ClockCheck.fault(mark, after: nil) == nil) }
}
