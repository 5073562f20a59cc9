import Domain
import Foundation
import Messages
import Store
import TestSupport
import Testing
import Tokens

@testable import Gateway

/// A year of a company in a few seconds: a thousand customers, day by day, with random payments, reversals, plan
/// changes, cancellations, refunds and restarts. The books must be consistent at the end of every day.
@Suite("A year", .serialized)
struct YearTests {
    private static let customers = 1_000

    @Test("of a thousand customers keeps the books consistent every evening and accounts for all money")
    func year() async throws {
        try await Fixtures.withFolder { folder in
            let clock = TestClock()
            var random = SeededGenerator(seed: 20_261_122)
            var payments = 0
            // The daemon is restarted every six weeks.
            for stretch in 0..<9 {
                let desk = try DeskUnderTest(folder, clock: clock)
                if stretch == 0 { try await Self.populate(desk) }
                for day in 0..<(stretch == 8 ? 5 : 45) {
                    payments += try await Self.live(desk, after: payments, &random)
                    let findings = try await desk.gateway.steps.read { try $0.audit.findings() }
                    #expect(findings.map(\.detail) == [], "stretch \(stretch), day \(day)")
                    guard findings.isEmpty else { return }
                    // Off for a while, now and then.
                    let off: Int64 = day == 30 ? 9 : 0
                    clock.advance(.seconds(86_400 * (1 + off) + Int64.random(in: -1_800...1_800, using: &random)))
                }
                if stretch == 8 { try await Self.expectEverythingExplained(desk, payments: payments) }
                try desk.gateway.store.close()
            }
        }
    }

    /// Simulates one day and returns its number of payments.
    private static func live(_ desk: DeskUnderTest, after first: Int, _ random: inout SeededGenerator) async throws
        -> Int
    {
        let (gateway, now, seed) = (desk.gateway, desk.clock.now, random.next())
        let count = Int.random(in: 3...13, using: &random)
        // A day's payments are one transaction, because the test is about the books, not the disk.
        try await gateway.steps.perform { step in
            var random = SeededGenerator(seed: seed)
            for payment in first..<(first + count) { try pay(payment, gateway, step, &random) }
        }
        try await decide(gateway, now, &random)
        try await desk.schedule()
        return count
    }

    /// Half have a meter with an access rate, a third a solar home system on a plan, the rest one paid by the day.
    /// Every fifth customer also buys something else on instalments.
    private static func populate(_ desk: DeskUnderTest) async throws {
        try await desk.importCSV(
            .tariffs,
            "name,price_per_kwh,access_rate,access_period_days,minimum_purchase\nDomestic,250,500,30,300\nBusiness,310.25,,,\n"
        )
        var rows = "name,phone,village,mini_grid,cluster,device_kind,serial,tariff,token,paygo_key,price_per_day\n"
        for number in 0..<customers {
            let phone = "+2557\(12_000_000 + number)"
            let place = "Kijiji \(number % 7),Kisiwa,Pwani"
            switch number % 6 {
            case 0...2:
                let serial = MeterNumbers.valid(number)
                rows += "C\(number),\(phone),\(place),meter,\(serial),\(number % 2 == 0 ? "Domestic" : "Business"),,,\n"
            case 3, 4:
                rows +=
                    "C\(number),\(phone),\(place),shs,SHS\(1_000 + number),,openpaygo,bc41ec9530f6dac86b1a29ab82edc5fb,\n"
            default:
                rows +=
                    "C\(number),\(phone),\(place),e-bike,BIKE\(1_000 + number),,openpaygo,dac86b1a29ab82edc5fbbc41ec9530f6,120\n"
            }
        }
        try await desk.importCSV(.customers, rows)
        try await desk.importCSV(
            .appliances,
            "name,price,remind_before_days,remind_after_days\nSystem,12000,3,\nPump,21000,,\nMill,300000,,5\n")
        var sales = "serial,appliance,price,down_payment,instalments,instalment_amount,interval,first_due\n"
        for number in 0..<customers where number % 6 == 3 || number % 6 == 4 {
            sales +=
                "SHS\(1_000 + number),System,,2000,\(number % 6 == 3 ? ",1700,weekly" : "12,,monthly"),2026-11-30\n"
        }
        try await desk.importCSV(.sales, sales)
        var more = "phone,appliance,instalments,interval,first_due\n"
        for number in stride(from: 0, to: customers, by: 5) {
            more +=
                "+2557\(12_000_000 + number),\(number % 2 == 0 ? "Pump" : "Mill"),10,weekly,2026-12-0\(1 + number % 9)\n"
        }
        try await desk.importCSV(.sales, more)
    }

    private static func pay(
        _ number: Int, _ gateway: Gateway, _ step: Step,
        _ random: inout SeededGenerator
    ) throws {
        let customer = CustomerID(Int64.random(in: 1...Int64(customers), using: &random))
        let owner = try #require(try step.registry.customer(customer))
        let device = try #require(try step.registry.devices(of: customer).first)
        let amount =
            Int64([50, 137, 250, 300, 1_000, 1_234, 1_700, 5_000, 20_000].randomElement(using: &random) ?? 50) * 100
        var payment = Payment(
            provider: "mpesa-tz", transactionID: "TX\(number)", amount: Money(minor: amount), currency: "TZS",
            payerName: "C", payerPhone: owner.phones.first, reference: device.serial.text, newBalance: nil, fee: nil,
            providerTime: nil, message: nil, receivedAt: step.now)
        if number % 17 == 0 { payment.reference = "what is this" }
        if number % 23 == 0 { payment.payerPhone = nil }
        let id = try #require(try step.payments.insert(payment))
        if number % 31 == 0 {
            try step.payments.move(id, to: .held, reasons: [.missingParts], at: step.now)
        } else {
            _ = try PaymentAcceptance(gateway).accept(id, step)
        }
        // Some of the tokens are sent.
        if Bool.random(using: &random) {
            for message in try step.outbox.messages(of: id) where message.messageClass == .token {
                try step.outbox.begin(message.id, modem: "test", at: step.now)
                try step.outbox.setState(.sent, of: message.id, countsAttempt: true, at: step.now)
            }
        }
    }

    /// Operations of staff and providers on a day, each in its own transaction; refused ones change nothing.
    private static func decide(_ gateway: Gateway, _ now: Timestamp, _ random: inout SeededGenerator) async throws {
        let today = gateway.company.calendar.today(at: now)
        let lately = try await gateway.steps.read { try $0.payments.payments(before: nil, state: nil, limit: 100) }
        for payment in lately.shuffled(using: &random).prefix(4) {
            let other = CustomerID(Int64.random(in: 1...Int64(customers), using: &random))
            let isFirst = Bool.random(using: &random)
            _ = try await refusable {
                try await gateway.steps.perform { step in
                    try decide(payment, other, isFirst, PaymentOperations(gateway), step)
                }
            }
        }
        for _ in 0..<3 {
            let id = SaleID(Int64.random(in: 1...530, using: &random))
            let cancels = Int.random(in: 0..<8, using: &random) == 0
            let terms = PlanTerms(
                .count(Int.random(in: 1...20, using: &random)), Bool.random(using: &random) ? .weekly : .monthly,
                from: today.adding(days: Int.random(in: -10...40, using: &random)))
            _ = try await refusable {
                try await gateway.steps.perform { step in
                    let sales = SalesDesk(gateway)
                    try cancels
                        ? sales.cancel(id, step)
                        : sales.reschedule(id, terms, price: nil, step)
                }
            }
        }
    }

    private static func decide(
        _ payment: Payment, _ other: CustomerID, _ isFirst: Bool, _ orders: PaymentOperations, _ step: Step
    ) throws {
        let device = try #require(try step.registry.devices(of: other).first)
        switch (payment.state, isFirst) {
        case (.held, true): try orders.approve(payment.id, for: nil, step)
        case (.held, false): try orders.reject(payment.id, reason: "x", tells: true, step)
        case (.suspense, true): try orders.assign(payment.id, to: device.serial, step)
        case (.suspense, false): try orders.refund(payment.id, reference: "R", step)
        case (.completed, true): try orders.reverse(payment.id, reason: "x", step)
        case (.completed, false): try orders.reassign(payment.id, to: device.serial, charges: true, step)
        default: break
        }
    }

    private static func refusable(_ body: () async throws -> Void) async throws -> Bool {
        do {
            try await body()
            return true
        } catch is PaymentOperations.Refusal {
            return false
        } catch is SalesDesk.Refusal {
            return false
        }
    }

    /// Accounts for all money: what came into the wallet is in the accounts that it was booked to.
    private static func expectEverythingExplained(_ desk: DeskUnderTest, payments number: Int) async throws {
        let (balances, all, tokens) = try await desk.gateway.steps.read { step in
            (
                try step.ledger.balances(),
                try step.payments.payments(before: nil, state: nil, limit: 100_000),
                try (1...Int64(customers)).flatMap { number in
                    try step.registry.devices(of: CustomerID(number)).flatMap {
                        try step.tokens.tokens(of: $0.id, limit: 10_000)
                    }
                }
            )
        }
        #expect(all.count == number)
        #expect(balances.map(\.balance).sum == .zero)
        let wallet = balances.first { $0.account == "wallet:mpesa-tz" }?.balance
        let kept = all.filter { [.suspense, .completed, .refunded, .tokenPending].contains($0.state) }
        #expect(wallet == kept.map(\.amount).sum)
        #expect(Set(all.map(\.state)).isSuperset(of: [.completed, .reversed, .refunded, .rejected, .suspense]))
        // No device has an identifier or code twice.
        for (_, same) in Dictionary(grouping: tokens, by: \.device) {
            let identifiers = same.compactMap(\.identifier)
            #expect(Set(identifiers).count == identifiers.count)
        }
        #expect(
            tokens.contains { $0.unlocks } && tokens.contains { $0.days > 0 }
                && tokens.contains { $0.energy.tenths > 0 })
    }
}
