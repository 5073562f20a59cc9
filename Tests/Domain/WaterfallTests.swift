import Domain
import TestSupport
import Testing

private let tzs = Currency(code: "TZS")
private let meter = DeviceID(1)

/// Converts whole units of a currency with two decimals to minor units.
private func money(_ units: Int64) -> Money { Money(minor: units * 100) }

struct WaterfallRow: Sendable, CustomTestStringConvertible {
    let name: String
    var amount: Int64
    var credit: Int64 = 0
    var minimum: Int64 = 0
    var price = "250"
    var overdue: [Int64] = []
    var access: [Int64] = []
    let instalments: Int64
    let accessPaid: Int64
    let tenths: Int64
    /// Expected change of the credit in minor units.
    let creditChange: Int64

    var testDescription: String { name }

    static let table = [
        WaterfallRow(name: "1 energy only", amount: 1000, instalments: 0, accessPaid: 0, tenths: 40, creditChange: 0),
        WaterfallRow(
            name: "2 one overdue instalment", amount: 1000, overdue: [300], instalments: 300, accessPaid: 0, tenths: 28,
            creditChange: 0),
        WaterfallRow(
            name: "3 two overdue instalments and access rate", amount: 1000, overdue: [300, 300], access: [200],
            instalments: 600,
            accessPaid: 200,
            tenths: 8, creditChange: 0),
        WaterfallRow(
            name: "4 the last instalment is paid in part", amount: 1000, overdue: [600, 600], access: [200],
            instalments: 1000,
            accessPaid: 0,
            tenths: 0, creditChange: 0),
        WaterfallRow(
            name: "5 access rate uses the whole amount", amount: 1000, access: [1000], instalments: 0, accessPaid: 1000,
            tenths: 0,
            creditChange: 0),
        WaterfallRow(
            name: "6 access rate is paid in part", amount: 500, access: [1000], instalments: 0, accessPaid: 500,
            tenths: 0,
            creditChange: 0),
        WaterfallRow(
            name: "7 access rate, then energy", amount: 500, access: [100], instalments: 0, accessPaid: 100, tenths: 16,
            creditChange: 0),
        WaterfallRow(
            name: "8 below the minimum purchase", amount: 250, minimum: 100, access: [200], instalments: 0,
            accessPaid: 200,
            tenths: 0,
            creditChange: 5_000),
        WaterfallRow(
            name: "9 the remainder becomes credit", amount: 320, access: [200], instalments: 0, accessPaid: 200,
            tenths: 4,
            creditChange: 2_000),
        WaterfallRow(
            name: "10 credit is used", amount: 30, credit: 20, instalments: 0, accessPaid: 0, tenths: 2,
            creditChange: -2_000),
        WaterfallRow(
            name: "15 credit alone never buys energy", amount: 300, credit: 60, minimum: 100, overdue: [300],
            instalments: 300,
            accessPaid: 0,
            tenths: 0, creditChange: 0),
        WaterfallRow(
            name: "16 credit reaches the minimum purchase", amount: 80, credit: 60, minimum: 100, instalments: 0,
            accessPaid: 0,
            tenths: 5,
            creditChange: -4_500),
        WaterfallRow(
            name: "17 a price that does not divide the amount", amount: 250, price: "355", instalments: 0,
            accessPaid: 0,
            tenths: 7,
            creditChange: 150),
    ]
}

@Suite("The allocation of a payment")
struct WaterfallTests {
    @Test("payments for meters are allocated as in the worked table", arguments: WaterfallRow.table)
    func meters(_ row: WaterfallRow) throws {
        let day = try #require(CalendarDate("2026-03-01"))
        let use = Waterfall(
            amount: money(row.amount), credit: money(row.credit),
            overdue: row.overdue.enumerated().map {
                OpenInstalment(id: InstalmentID(Int64($0)), due: day.adding(days: $0), outstanding: money($1))
            },
            accessDebts: row.access.enumerated().map {
                AccessDebt(
                    id: AccessDebtID(Int64($0)), device: meter, due: day.adding(days: $0), outstanding: money($1))
            },
            device: meter,
            terms: .meter(price: try #require(Price(decimal: row.price)), minimumPurchase: money(row.minimum)),
            currency: try #require(tzs)
        ).divide()
        #expect(use.instalments.map(\.amount).sum == money(row.instalments))
        #expect(use.access.map(\.amount).sum == money(row.accessPaid))
        #expect(use.energy.tenths == row.tenths)
        #expect(use.creditChange.minor == row.creditChange)
        #expect(use.total == money(row.amount))
    }

    @Test("days of a solar home system are computed from the total paid")
    func days() throws {
        let first = try #require(CalendarDate("2026-03-01"))
        func plan(_ costs: [Int64], paid: [Int64]) -> [PlanInstalment] {
            costs.indices.map {
                PlanInstalment(
                    id: InstalmentID(Int64($0)), due: first.adding(days: 7 * $0), cost: money(costs[$0]),
                    paid: money(paid[$0]), gap: 7)
            }
        }
        func pay(_ amount: Int64, _ plan: [PlanInstalment], granted: Int = 0) throws -> PaymentAllocation {
            Waterfall(
                amount: money(amount), credit: .zero, overdue: [], accessDebts: [], device: meter,
                terms: .instalments(plan, daysGranted: granted), currency: try #require(tzs)
            ).divide()
        }
        // Rows 11 to 14 of the worked table.
        #expect(try pay(800, plan([700, 700, 700], paid: [0, 0, 0])).days == 8)
        let last = try pay(300, plan([700, 700], paid: [700, 400]))
        #expect(last.unlocks && last.days == 0)
        #expect(try pay(34, plan([34, 34], paid: [0, 0])).days == 7)
        var granted = 0
        for payment in 0..<14 {
            let use = try pay(50, plan([700, 700], paid: [Int64(payment) * 50, 0]), granted: granted)
            if payment == 0 { #expect(use.days == 1) }
            granted += use.days
        }
        #expect(granted == 7)
        let beyond = try pay(1_000, plan([700], paid: [0]))
        #expect(beyond.unlocks && beyond.creditChange == money(300) && beyond.total == money(1_000))
    }

    @Test("the parts add up to the amount, none is negative, and a larger amount never buys less", arguments: 1...20)
    func properties(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let day = try #require(CalendarDate("2026-03-01"))
        let currency = try #require(tzs)
        for _ in 0..<500 {
            func debts(_ count: Int) -> [Int64] {
                (0..<Int.random(in: 0...count, using: &random)).map { _ in Int64.random(in: 0...200_000, using: &random)
                }
            }
            let overdue = debts(4).enumerated().map {
                OpenInstalment(
                    id: InstalmentID(Int64($0)), due: day.adding(days: $0 % 3), outstanding: Money(minor: $1))
            }
            let access = debts(3).enumerated().map {
                AccessDebt(
                    id: AccessDebtID(Int64($0)), device: DeviceID(Int64($0 % 2 + 1)), due: day.adding(days: $0),
                    outstanding: Money(minor: $1))
            }
            let plan = debts(5).enumerated().map {
                PlanInstalment(
                    id: InstalmentID(Int64($0)), due: day.adding(days: 7 * $0), cost: Money(minor: $1 + 1),
                    paid: Money(minor: min($1, Int64.random(in: 0...200_000, using: &random))), gap: 7)
            }
            let price = Price(tenThousandths: Int64.random(in: 1...9_000_000, using: &random))
            let terms: [DeviceTerms] = [
                .meter(price: price, minimumPurchase: Money(minor: Int64.random(in: 0...100_000, using: &random))),
                .instalments(plan, daysGranted: InstalmentPlan.entitlement(plan)),
                .service(
                    pricePerDay: price, paidBefore: Money(minor: 1_000),
                    daysGranted: price.days(for: Money(minor: 1_000), in: currency)),
                .none,
            ]
            let amount = Money(minor: Int64.random(in: -5...2_000_000, using: &random))
            let credit = Money(minor: Int64.random(in: 0...300_000, using: &random))
            for terms in terms {
                var waterfall = Waterfall(
                    amount: amount, credit: credit, overdue: overdue, accessDebts: access, device: meter, terms: terms,
                    currency: currency)
                let use = waterfall.divide()
                #expect(use.total == max(amount, .zero), "seed \(seed)")
                let parts =
                    use.instalments.map(\.amount) + use.access.map(\.amount) + use.ownInstalments.map(\.amount)
                    + [use.energyCost, use.service, credit + use.creditChange]
                #expect(parts.allSatisfy { $0 >= .zero }, "seed \(seed)")
                #expect(use.energy.tenths >= 0 && use.days >= 0)

                waterfall.amount = amount + Money(minor: Int64.random(in: 0...50_000, using: &random))
                let richer = waterfall.divide()
                #expect(richer.energy >= use.energy, "seed \(seed)")
                #expect(richer.unlocks || (richer.days >= use.days && !use.unlocks), "seed \(seed)")
            }
        }
    }

    @Test("many payments earn as many days as one payment of their sum, on a plan and by the day", arguments: 1...20)
    func splitting(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let first = try #require(CalendarDate("2026-01-31"))
        let currency = try #require(tzs)
        for _ in 0..<50 {
            let rest = Money(minor: Int64.random(in: 100...500_000, using: &random))
            let terms = PlanTerms(
                .count(Int.random(in: 1...12, using: &random)), Bool.random(using: &random) ? .weekly : .monthly,
                from: first)
            let instalments = try terms.instalments(of: rest)
            let gaps = InstalmentPlan.gaps(of: instalments.map(\.due))
            func plan(paid: Money) -> [PlanInstalment] {
                var left = paid
                return instalments.enumerated().map { index, instalment in
                    let part = min(left, instalment.cost)
                    left -= part
                    return PlanInstalment(
                        id: InstalmentID(Int64(index)), due: instalment.due, cost: instalment.cost, paid: part,
                        gap: gaps[index])
                }
            }
            let price = Price(tenThousandths: Int64.random(in: 1...5_000_000, using: &random))
            func days(_ payments: [Money]) throws -> (plan: Int, service: Int, unlocks: Int) {
                var (paid, planDays, serviceDays, unlocks) = (Money.zero, 0, 0, 0)
                for amount in payments {
                    var waterfall = Waterfall(
                        amount: amount, credit: .zero, overdue: [], accessDebts: [], device: meter,
                        terms: .instalments(plan(paid: paid), daysGranted: planDays), currency: currency)
                    let use = waterfall.divide()
                    planDays += use.days
                    unlocks += use.unlocks ? 1 : 0
                    waterfall.terms = .service(pricePerDay: price, paidBefore: paid, daysGranted: serviceDays)
                    serviceDays += waterfall.divide().days
                    paid += amount
                }
                return (planDays, serviceDays, unlocks)
            }
            // All except the last minor unit, in pieces and at once; then the last one.
            var pieces: [Money] = []
            var left = rest - Money(minor: 1)
            while left.isPositive {
                let piece = Money(minor: Int64.random(in: 1...max(1, left.minor / 2), using: &random))
                pieces.append(piece)
                left -= piece
            }
            let (many, one) = (try days(pieces), try days([pieces.sum]))
            #expect(many == one && many.unlocks == 0, "seed \(seed)")
            #expect(try days(pieces + [Money(minor: 1)]).unlocks == 1, "seed \(seed)")
        }
    }

    @Test("the largest amounts do not overflow")
    func extremes() throws {
        let price = Price(tenThousandths: 1)
        let use = Waterfall(
            amount: .largest, credit: .largest, overdue: [], accessDebts: [], device: meter,
            terms: .meter(price: price, minimumPurchase: .zero), currency: try #require(tzs)
        ).divide()
        #expect(use.total == .largest)
    }
}
