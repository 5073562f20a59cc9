import Domain
import Gateway
import Store
import TestSupport
import Testing
import Tokens

private let rehema = "+255712000678"

@Suite("Sales and solar home systems")
struct SalesTests {
    private func paygo(_ digits: String) throws -> OpenPAYGO.Reading {
        let key = try #require(SecretBytes(hex: "bc41ec9530f6dac86b1a29ab82edc5fb"))
        return try OpenPAYGO(key: key, start: nil).read(digits, after: 0, used: [])
    }

    @Test("payments for a solar home system grant days, then more days, and finally unlock it")
    func solarPlan() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerSolar()
            try await desk.sell("SHS 50", 2_100, .count(3), from: desk.today, device: DeskUnderTest.solar)
            // Row 11 of the worked table: 800 are one week of 700, and a day of the next.
            let first = try await desk.pay("CKD4A2MX7P1", "800", for: DeskUnderTest.solar)
            #expect(first.state == .completed)
            let token = try #require(try await desk.lastToken(DeskUnderTest.solar))
            #expect(token.days == 8 && token.identifier == 2)
            #expect(try paygo(token.digits) == .valid(.addTime, units: 8, count: 2, used: [2]))
            let text = try #require(try await desk.texts(to: rehema).first)
            #expect(text.contains("8 days for SHS0001.") && text.contains("TZS 800 paid for SHS 50."))
            #expect(text.contains("Still to pay: TZS 1,300."))
            try await desk.receive("balance", from: rehema)
            let balance = try #require(try await desk.texts(to: rehema).last)
            #expect(balance.contains("SHS 50: TZS 1,300 still to pay.") && balance.contains("SHS0001: 8 days left."))
            // Row 12: the last instalment unlocks, and the amount beyond the plan is kept.
            let last = try await desk.pay("CKD4A2MX7P2", "1,400", for: DeskUnderTest.solar)
            let unlock = try #require(try await desk.lastToken(DeskUnderTest.solar))
            #expect(unlock.unlocks && unlock.payment == last.id && unlock.days == 0)
            #expect(try await desk.texts(to: rehema).last?.contains("SHS0001 is yours") == true)
            #expect(try await desk.credit() == Money(minor: 10_000))
            // Nothing is outstanding: the payment is kept as credit, and the payer is told so.
            try await desk.pay("CKD4A2MX7P3", "50", for: DeskUnderTest.solar)
            #expect(try await desk.texts(to: rehema).last?.contains("nothing is to be paid for SHS0001") == true)
            #expect(try await desk.credit() == Money(minor: 15_000))
            try await desk.expectCleanAudit()
        }
    }

    @Test("fourteen payments of 50 earn the same as one of 700")
    func smallPayments() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerSolar()
            try await desk.sell("SHS 50", 7_000, .count(10), from: desk.today, device: DeskUnderTest.solar)
            for number in 10..<24 { try await desk.pay("CKD4A2MX7P\(number)", "50", for: DeskUnderTest.solar) }
            let device = try await desk.device(DeskUnderTest.solar).id
            let tokens = try await desk.gateway.steps.read { try $0.tokens.tokens(of: device, limit: 50) }
            #expect(tokens.map(\.days).reduce(0, +) == 7)
            #expect(tokens.last?.days == 1)
            #expect(try await desk.texts(to: rehema).contains { $0.contains("were given already") })
            #expect(Set(tokens.compactMap(\.identifier)).count == tokens.count)
            try await desk.expectCleanAudit()
        }
    }

    @Test("energy as a service sells days, a started day in full, counted over all payments")
    func service() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerSolar(pricePerDay: "100")
            for (number, days) in [(1, 3), (2, 2), (3, 3)] {
                try await desk.pay("CKD4A2MX7P\(number)", "250", for: DeskUnderTest.solar)
                #expect(try await desk.lastToken(DeskUnderTest.solar)?.days == days)
            }
            #expect(try await desk.device(DeskUnderTest.solar).daysLeft(at: desk.clock.now) == 8)
            try await desk.expectCleanAudit()
        }
    }

    @Test("more days than one code can carry are several codes, in order")
    func manyDays() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerSolar(pricePerDay: "1")
            try await desk.pay("CKD4A2MX7P1", "2,000", for: DeskUnderTest.solar)
            let token = try #require(try await desk.lastToken(DeskUnderTest.solar))
            #expect(token.days == 2_000 && token.codes.count == 3 && token.identifier == 6)
            let read = try token.codes.map { try paygo($0) }
            let units = read.map { if case .valid(.addTime, let units, _, _) = $0 { units } else { Int64(0) } }
            #expect(units == [995, 995, 10])
        }
    }

    @Test("a payment for a device with an exhausted count is held with the reason, and the money is safe")
    func usedUpCount() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerSolar(pricePerDay: "100")
            let device = try await desk.device(DeskUnderTest.solar).id
            try await desk.gateway.steps.perform { try $0.registry.setCount(65_534, of: device) }
            let payment = try await desk.pay("CKD4A2MX7P1", "250", for: DeskUnderTest.solar)
            #expect(payment.state == .held)
            #expect(try desk.reasons(payment).contains("counts are used up"))
            #expect(try await desk.texts(to: rehema).last?.contains("our people are on it") == true)
            #expect(try await desk.tickets().count == 1)
            // A good payment that cannot be used can be refunded.
            try await desk.order { try $0.refund(payment.id, reference: "R1", $1) }
            #expect(try await desk.state(of: payment.id) == .refunded)
            #expect(try await desk.tickets().map(\.status) == [.closed])
            try await desk.expectCleanAudit()
        }
    }

    @Test("overdue instalments of another sale come first; the device's own plan does not count as overdue")
    func overdueFirst() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.registerSolar()
            try await desk.sell("Pump", 600, .count(2), from: desk.today.adding(days: -8))
            try await desk.sell(
                "SHS 50", 2_100, .count(3), from: desk.today.adding(days: -8), device: DeskUnderTest.solar)
            // For the meter: all four overdue instalments (2 x 300, 2 x 700), oldest first, before any energy.
            let meter = try await desk.pay("CKD4A2MX7P1", "1,100", for: DeskUnderTest.meter)
            let parts = try await desk.gateway.steps.read { try $0.payments.allocations(of: meter.id) }
            #expect(parts.map(\.amount.minor) == [30_000, 70_000, 10_000])
            // For the system itself: the pump's rest, then its own plan.
            let solar = try await desk.pay("CKD4A2MX7P2", "900", for: DeskUnderTest.solar)
            let own = try await desk.gateway.steps.read { try $0.payments.allocations(of: solar.id) }
            #expect(own.map(\.amount.minor) == [20_000, 70_000])
            // Days of the system were sent with the meter's payment; its own payment granted the rest.
            let device = try await desk.device(DeskUnderTest.solar).id
            let tokens = try await desk.gateway.steps.read { try $0.tokens.tokens(of: device, limit: 9) }
            #expect(tokens.map(\.days) == [7, 7])
            #expect(tokens.last?.act == "plan of sale 2, advanced by payment 1")
            #expect(
                try await desk.texts(to: rehema).contains {
                    $0.hasPrefix("Token:") && $0.contains("7 days for SHS0001")
                })
            try await desk.expectCleanAudit()
            // The last instalment, overdue, is paid by a payment for the meter; the system is unlocked all the same.
            desk.clock.advance(.seconds(9 * 86_400))
            try await desk.pay("CKD4A2MX7P3", "800", for: DeskUnderTest.meter)
            #expect(try await desk.lastToken(DeskUnderTest.solar)?.unlocks == true)
            #expect(try await desk.texts(to: rehema).contains { $0.contains("SHS0001 is yours") })
            try await desk.expectCleanAudit()
        }
    }

    // MARK: Changing plans

    @Test("a rescheduled plan keeps what was paid and the days that it earned")
    func reschedule() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerSolar()
            let sale = try await desk.sell(
                "SHS 50", 2_100, .count(3), from: desk.today, down: 0, device: DeskUnderTest.solar)
            try await desk.pay("CKD4A2MX7P1", "800", for: DeskUnderTest.solar)
            try await desk.reschedule(sale, .count(2), .monthly, from: desk.today.adding(days: 30))
            let (open, plan) = try await desk.gateway.steps.read {
                (try $0.sales.outstanding(of: sale), try $0.sales.currentPlan(of: sale))
            }
            #expect(open == Money(minor: 130_000) && plan.map(\.cost.minor) == [65_000, 65_000])
            try await desk.expectCleanAudit()
            // Half of a month's instalment is half of its days, in addition to the eight.
            try await desk.pay("CKD4A2MX7P2", "325", for: DeskUnderTest.solar)
            let gap = plan[0].gap
            #expect(try await desk.lastToken(DeskUnderTest.solar)?.days == (gap + 1) / 2)
            try await desk.pay("CKD4A2MX7P3", "975", for: DeskUnderTest.solar)
            #expect(try await desk.lastToken(DeskUnderTest.solar)?.unlocks == true)
            try await desk.expectCleanAudit()
        }
    }

    @Test("a price cannot fall below what is paid, and an increase is owed")
    func newPrice() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            let sale = try await desk.sell("Pump", 1_000, .count(2), from: desk.today, down: 300)
            try await desk.charge(DeskUnderTest.meter, 1, due: desk.today)
            for price in [Int64(0), 299, 300] {
                await #expect(throws: SalesDesk.Refusal.self) {
                    try await desk.reschedule(sale, .count(2), .weekly, from: desk.today, price: price)
                }
            }
            try await desk.reschedule(sale, .count(4), .weekly, from: desk.today, price: 1_500)
            #expect(try await desk.gateway.steps.read { try $0.sales.outstanding(of: sale) } == Money(minor: 120_000))
            try await desk.expectCleanAudit()
        }
    }

    @Test("a cancelled sale owes nothing more, keeps what was paid, and grants no days")
    func cancel() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerSolar()
            let sale = try await desk.sell("SHS 50", 2_100, .count(3), from: desk.today, device: DeskUnderTest.solar)
            try await desk.pay("CKD4A2MX7P1", "700", for: DeskUnderTest.solar)
            try await desk.gateway.steps.perform { try SalesDesk(desk.gateway).cancel(sale, $0) }
            await #expect(throws: SalesDesk.Refusal.self) {
                try await desk.gateway.steps.perform { try SalesDesk(desk.gateway).cancel(sale, $0) }
            }
            try await desk.pay("CKD4A2MX7P2", "700", for: DeskUnderTest.solar)
            #expect(try await desk.credit() == Money(minor: 70_000))
            // It can be sold again, and its days start anew.
            try await desk.sell("SHS 50", 1_400, .count(2), from: desk.today, device: DeskUnderTest.solar)
            try await desk.pay("CKD4A2MX7P3", "700", for: DeskUnderTest.solar)
            #expect(try await desk.lastToken(DeskUnderTest.solar)?.days == 7)
            try await desk.expectCleanAudit()
        }
    }

    @Test("an invalid sale is refused with the reason, and nothing is stored")
    func refusals() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.registerSolar()
            try await desk.importCSV(
                .customers,
                """
                name,phone,village,mini_grid,cluster,device_kind,serial
                Juma,+255754000222,Kijiji,Kisiwa,Pwani,e-bike,BIKE001

                """)
            let today = desk.today
            func refusal(
                _ price: Int64 = 1_000, _ division: PlanTerms.Division = .count(2), down: Int64 = 0,
                device: String? = nil, to customer: Int64 = 1, from first: CalendarDate = today
            ) async -> String {
                do {
                    try await desk.sell(
                        "X\(price)\(down)", price, division, from: first, down: down, device: device, to: customer)
                    return "sold"
                } catch let refusal as SalesDesk.Refusal {
                    return "\(refusal)"
                } catch {
                    return "other: \(error)"
                }
            }
            #expect(await refusal(.init(1_000), .count(0)).contains("at least one instalment"))
            #expect(await refusal(1_000, .amount(.zero)).contains("more than 0"))
            #expect(await refusal(1_000, down: 1_000).contains("must be less than the price"))
            #expect(await refusal(1_000, device: DeskUnderTest.meter).contains("is a meter"))
            #expect(await refusal(1_000, device: "BIKE001").contains("another customer"))
            #expect(await refusal(1_000, to: 77).contains("no customer 77"))
            #expect(await refusal(1_000, from: today.adding(days: 3_000)).contains("five years"))
            #expect(await refusal(1_000, device: DeskUnderTest.solar) == "sold")
            #expect(await refusal(1_000, device: DeskUnderTest.solar).contains("already has a payment plan: sale 1"))
            #expect(try await desk.gateway.steps.read { try $0.sales.sales(of: CustomerID(1)).count } == 1)
            try await desk.expectCleanAudit()
        }
    }

    @Test("sales and appliances are imported from CSV, all rows or none, each fault with its line")
    func imports() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.registerSolar()
            try await desk.importCSV(
                .appliances, "name,price,remind_before_days,remind_after_days\nPump,350000,3,2\nSHS 50,84000,,\n")
            try await desk.importCSV(
                .sales,
                """
                phone,serial,appliance,price,down_payment,instalments,instalment_amount,interval,first_due
                0712000678,,Pump,,50000,12,,monthly,2026-12-31
                ,SHS0001,SHS 50,80000,,,700,weekly,2026-12-01

                """)
            let sales = try await desk.gateway.steps.read { try $0.sales.sales(of: CustomerID(1)) }
            #expect(sales.map(\.price.minor) == [35_000_000, 8_000_000])
            #expect(sales[1].listPrice == Money(minor: 8_400_000))
            let due = try await desk.gateway.steps.read {
                try $0.sales.instalments(of: sales[0].id).map(\.due.description)
            }
            #expect(due.prefix(3) == ["2026-12-31", "2027-01-31", "2027-02-28"])
            let bad = try await RegistryImport(desk.gateway).run(
                .sales,
                """
                phone,serial,appliance,price,instalments,instalment_amount,interval,first_due
                0712000678,,Pumb,,12,,monthly,2026-12-31
                0712000678,,Pump,,12,100,monthly,2026-12-31
                0712000678,,Pump,,12,,daily,2026-12-31
                0712000678,,Pump,,12,,monthly,2026-02-30
                0712000678,,Pump,,0,,monthly,2026-12-31
                0754999888,,Pump,,2,,monthly,2026-12-31
                ,SHS0009,Pump,,2,,monthly,2026-12-31
                ,,Pump,,2,,monthly,2026-12-31
                0712000678,,Pump,12x,2,,monthly,2026-12-31
                """, dryRun: false, uid: nil
            ).bad
            #expect(bad.map(\.line) == Array(2...10))
            for (row, words) in zip(
                bad,
                [
                    "did you mean 'Pump'", "either 'instalments' or", "weekly or monthly", "an existing date",
                    "at least one instalment", "no customer has the phone", "no device 'SHS0009'",
                    "needs a 'phone' or a 'serial'", "'price' is '12x'",
                ])
            { #expect(row.reason.contains(words), "\(row)") }
            try await desk.expectCleanAudit()
        }
    }

    @Test("rescheduling during payments loses none of them")
    func concurrentReschedule() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerSolar()
            let sale = try await desk.sell("SHS 50", 70_000, .count(100), from: desk.today, device: DeskUnderTest.solar)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for number in 10..<30 { try await desk.pay("CKD4A2MX7P\(number)", "350", for: DeskUnderTest.solar) }
                }
                group.addTask {
                    for number in 0..<20 {
                        try await desk.reschedule(sale, .count(50 + number), .weekly, from: desk.today)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await desk.gateway.steps.read { try $0.sales.outstanding(of: sale) } == Money(minor: 6_300_000))
            try await desk.expectCleanAudit()
        }
    }
}

extension DeskUnderTest {
    func reschedule(
        _ sale: SaleID, _ division: PlanTerms.Division, _ interval: PlanTerms.Interval, from first: CalendarDate,
        price: Int64? = nil
    ) async throws {
        try await gateway.steps.perform {
            try SalesDesk(gateway).reschedule(
                sale, PlanTerms(division, interval, from: first), price: price.map { Money(minor: $0 * 100) }, $0)
        }
    }
}
