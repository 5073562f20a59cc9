import Domain
import Gateway
import Store
import TestSupport
import Testing

private let rehema = "+255712000678"
private let juma = "+255754000222"

@Suite("Staff's operations on payments")
struct PaymentOrderTests {
    private static func suspended(_ desk: DeskUnderTest) async throws -> PaymentID {
        try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1", from: "255754000222"))
        let payment = try #require(try await desk.payments().last)
        #expect(payment.state == .suspense)
        return payment.id
    }

    private static func held(_ desk: DeskUnderTest) async throws -> PaymentID {
        try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1", "Tsh900,000.00"))
        let payment = try #require(try await desk.payments().last)
        #expect(payment.state == .held)
        return payment.id
    }

    private static func refused(_ body: () async throws -> Void) async -> String {
        do {
            try await body()
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test("an approved payment continues as if all checks had passed")
    func approve() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            let id = try await Self.held(desk)
            #expect(try await desk.texts(to: rehema).isEmpty)
            try await desk.order { try $0.approve(id, for: nil, $1) }
            #expect(try await desk.state(of: id) == .completed)
            #expect(try await desk.texts(to: rehema).last?.contains("3600.0 kWh") == true)
            #expect(
                await Self.refused { try await desk.order { try $0.approve(id, for: nil, $1) } }.contains(
                    "is completed"))
            try await desk.expectCleanAudit()
        }
    }

    @Test("an approved payment that cannot be used yet stays held, and staff are told why")
    func approveInVain() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            let id = try await Self.held(desk)
            try await desk.gateway.steps.perform { try $0.clock.see(desk.clock.now.adding(.seconds(90_000))) }
            #expect(
                await Self.refused { try await desk.order { try $0.approve(id, for: nil, $1) } }.contains("clock"))
            #expect(try await desk.state(of: id) == .held)
            try await desk.gateway.steps.perform { try ClockWatch(desk.gateway).accept($0) }
            try await desk.order { try $0.approve(id, for: nil, $1) }
            #expect(try await desk.state(of: id) == .completed)
            try await desk.expectCleanAudit()
        }
    }

    @Test("payments held for a wrong clock go on together once it is right; others stay held")
    func clockHeld() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            let other = try await Self.held(desk)
            let right = desk.clock.now
            try await desk.gateway.steps.perform { try $0.clock.see(right) }
            // A machine without a battery starts in 1970.
            desk.clock.now = Timestamp(seconds: 60)
            for number in 0..<60 {
                try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX\(100 + number)"))
            }
            let held = try await desk.payments().filter { $0.reasons.map(\.code) == [.clock] }
            #expect(held.count == 60 && held.allSatisfy { $0.state == .held })
            desk.clock.now = right.adding(.seconds(60))
            for _ in 0..<3 { try await Scheduler(desk.gateway).work() }
            let after = try await desk.payments()
            #expect(after.count { $0.state == .completed } == 60)
            #expect(after.first { $0.id == other }?.state == .held)
            try await desk.expectCleanAudit()
        }
    }

    @Test(
        "a rejected payment has no entries, and its payer is notified unless staff do not want it",
        arguments: [true, false])
    func reject(tells: Bool) async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            let id = try await Self.held(desk)
            try await desk.order { try $0.reject(id, reason: "forged", tells: tells, $1) }
            let payment = try #require(try await desk.payments().last)
            #expect(payment.state == .rejected && payment.note == "forged")
            #expect(try await desk.texts(to: rehema).contains { $0.contains("could not accept") } == tells)
            try await desk.expectCleanAudit()
        }
    }

    @Test("an assigned payment is used, and its question is closed")
    func assign() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            let id = try await Self.suspended(desk)
            let serial = try #require(Serial(DeskUnderTest.meter))
            try await desk.order { try $0.assign(id, to: serial, $1) }
            #expect(try await desk.state(of: id) == .completed)
            #expect(try await desk.texts(to: juma).last?.contains("4.0 kWh") == true)
            #expect(try await desk.texts(to: rehema).last?.contains("4.0 kWh") == true)
            let unknown = try #require(Serial("NOBODY1"))
            #expect(
                await Self.refused { try await desk.order { try $0.assign(id, to: serial, $1) } }.contains(
                    "'reassign'"))
            #expect(
                await Self.refused { try await desk.order { try $0.assign(PaymentID(9), to: serial, $1) } }
                    .contains("no payment 9"))
            #expect(
                await Self.refused { try await desk.order { try $0.reassign(id, to: unknown, charges: false, $1) } }
                    .contains("no device"))
            try await desk.expectCleanAudit()
        }
    }

    @Test("a refunded payment leaves suspense, and its payer is told the reference")
    func refund() async throws {
        try await DeskUnderTest.run { desk in
            let id = try await Self.suspended(desk)
            try await desk.order { try $0.refund(id, reference: "QK7H2A", $1) }
            #expect(try await desk.state(of: id) == .refunded)
            #expect(try await desk.texts(to: juma).last?.contains("TZS 1,000 back to you. Reference QK7H2A") == true)
            let balances = try await desk.gateway.steps.read { try $0.ledger.balances() }
            #expect(balances.first { $0.account == "refunds" }?.balance == Money(minor: -100_000))
            #expect(
                await Self.refused { try await desk.order { try $0.refund(id, reference: "X", $1) } }.contains(
                    "is refunded"))
            try await desk.expectCleanAudit()
        }
    }

    @Test(
        "a reassigned payment is used again: an unsent token is void, a sent one is owed by its owner")
    func reassign() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.registerMeter("01450000029", phone: juma)
            let right = try #require(Serial("01450000029"))
            // Not sent yet: everything is undone.
            let first = try await desk.pay("CKD4A2MX7P1", "1,000", for: DeskUnderTest.meter)
            try await desk.order { try $0.reassign(first.id, to: right, charges: false, $1) }
            #expect(try await desk.state(of: first.id) == .completed)
            let wrong = try #require(try await desk.lastToken(DeskUnderTest.meter))
            #expect(wrong.isVoid && wrong.isUndone)
            #expect(try await desk.lastToken("01450000029")?.payment == first.id)
            #expect(try await desk.outbox().filter { $0.state == .cancelled }.count == 1)
            // The void token is never sent again.
            try await desk.receive("token", from: rehema)
            #expect(try await desk.texts(to: rehema).last?.contains(wrong.digits.prefix(4)) == false)
            try await desk.expectCleanAudit()
            // Sent: only with a debt for the owner of the device.
            let second = try await desk.pay("CKD4A2MX7P2", "500", for: DeskUnderTest.meter)
            try await desk.send(tokenOf: second.id)
            #expect(
                await Self.refused {
                    try await desk.order { try $0.reassign(second.id, to: right, charges: false, $1) }
                }
                .contains("was sent"))
            #expect(try await desk.state(of: second.id) == .completed)
            try await desk.order { try $0.reassign(second.id, to: right, charges: true, $1) }
            let owed = try await desk.gateway.steps.read { try $0.sales.sales(of: CustomerID(1)).map(\.price.minor) }
            #expect(owed == [50_000])
            #expect(try await desk.texts(to: rehema).contains { $0.contains("You owe TZS 500") })
            #expect(try await desk.lastToken("01450000029")?.payment == second.id)
            try await desk.expectCleanAudit()
        }
    }

    // MARK: Reversals

    private static func notice(_ id: String) -> String {
        "AHN8A7OAM5E Confirmed. Transaction \(id) has been reversed. Your account balance is now Tsh3,118.00."
    }

    @Test("a reversal undoes everything that was not sent yet")
    func reverseUnsent() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter(minimum: "400")
            try await desk.pay("CKD4A2MX7P0", "300", for: DeskUnderTest.meter)
            try await desk.sell("Pump", 600, .count(1), from: desk.today.adding(days: -8))
            let payment = try await desk.pay("CKD4A2MX7P1", "1,210", for: DeskUnderTest.meter)
            #expect(try await desk.credit() == Money(minor: 1_000))
            try await desk.receive(Self.notice("CKD4A2MX7P1"))
            #expect(try await desk.state(of: payment.id) == .reversed)
            // The used credit is restored, the instalment is outstanding again, the token is void.
            #expect(try await desk.credit() == Money(minor: 30_000))
            #expect(
                try await desk.gateway.steps.read { try $0.sales.outstanding(of: SaleID(1)) } == Money(minor: 60_000))
            #expect(try await desk.lastToken(DeskUnderTest.meter)?.isVoid == true)
            let text = try #require(try await desk.texts(to: rehema).last)
            #expect(text.contains("was taken back") && text.contains("TZS 600 that it had paid is open again."))
            #expect(try await desk.tickets().isEmpty)
            try await desk.expectCleanAudit()
            // A repeated reversal changes nothing.
            try await desk.receive(Self.notice("CKD4A2MX7P1"))
            try await desk.expectCleanAudit()
        }
    }

    @Test("a sent token becomes a debt that the next payment pays first, and a ticket for staff")
    func reverseSent() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: DeskUnderTest.meter)
            try await desk.send(tokenOf: payment.id)
            try await desk.receive(Self.notice("CKD4A2MX7P1"))
            #expect(try await desk.state(of: payment.id) == .reversed)
            #expect(try await desk.messages().last?.disposition == .reverse)
            let ticket = try #require(try await desk.tickets().first)
            #expect(ticket.subject.contains("TZS 1,000 is owed") || ticket.subject.contains("the token was sent"))
            #expect(try await desk.texts(to: rehema).last?.contains("You owe TZS 1,000") == true)
            try await desk.expectCleanAudit()
            desk.clock.advance(.seconds(86_400))
            try await desk.pay("CKD4A2MX7P2", "1,500", for: DeskUnderTest.meter)
            #expect(try await desk.texts(to: rehema).last?.contains("TZS 1,000 paid for reversal CKD4A2MX7P1.") == true)
            #expect(try await desk.lastToken(DeskUnderTest.meter)?.energy.tenths == 20)
            try await desk.expectCleanAudit()
        }
    }

    @Test("credit that was spent before the reversal is owed")
    func reverseSpentCredit() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter(minimum: "400")
            let first = try await desk.pay("CKD4A2MX7P1", "300", for: DeskUnderTest.meter)
            let second = try await desk.pay("CKD4A2MX7P2", "200", for: DeskUnderTest.meter)
            try await desk.send(tokenOf: second.id)
            try await desk.order { try $0.reverse(first.id, reason: "letter", $1) }
            let debts = try await desk.gateway.steps.read { try $0.sales.sales(of: CustomerID(1)).map(\.price.minor) }
            #expect(debts == [30_000])
            try await desk.order { try $0.reverse(second.id, reason: "letter", $1) }
            let more = try await desk.gateway.steps.read { try $0.sales.sales(of: CustomerID(1)).map(\.price.minor) }
            #expect(more == [30_000, 20_000])
            try await desk.expectCleanAudit()
        }
    }

    @Test("reversed days are not granted twice: the next payment first earns the days already granted")
    func reverseDays() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerSolar()
            let sale = try await desk.sell("SHS 50", 2_100, .count(3), from: desk.today, device: DeskUnderTest.solar)
            let sent = try await desk.pay("CKD4A2MX7P1", "700", for: DeskUnderTest.solar)
            try await desk.send(tokenOf: sent.id)
            let unsent = try await desk.pay("CKD4A2MX7P2", "700", for: DeskUnderTest.solar)
            try await desk.receive(Self.notice("CKD4A2MX7P2"))
            try await desk.receive(Self.notice("CKD4A2MX7P1"))
            #expect(try await desk.state(of: unsent.id) == .reversed)
            #expect(try await desk.gateway.steps.read { try $0.sales.outstanding(of: sale) } == Money(minor: 210_000))
            try await desk.expectCleanAudit()
            try await desk.pay("CKD4A2MX7P3", "700", for: DeskUnderTest.solar)
            #expect(try await desk.texts(to: rehema).last?.contains("were given already") == true)
            try await desk.pay("CKD4A2MX7P4", "700", for: DeskUnderTest.solar)
            #expect(try await desk.lastToken(DeskUnderTest.solar)?.days == 7)
            // Rescheduled in between: what the old plan granted becomes a separate debt.
            try await desk.reschedule(sale, .count(2), .weekly, from: desk.today)
            try await desk.receive(Self.notice("CKD4A2MX7P3"))
            let sales = try await desk.gateway.steps.read { try $0.sales.sales(of: CustomerID(1)) }
            #expect(sales.map(\.price.minor) == [140_000, 70_000])
            try await desk.expectCleanAudit()
        }
    }

    @Test("a reversal that precedes its payment is recorded: the payment is never credited")
    func earlyReversal() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            for _ in 0..<2 { try await desk.receive(Self.notice("CKD4A2MX7P1")) }
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            #expect(try await desk.payments().map(\.state) == [.reversed])
            #expect(try await desk.lastToken(DeskUnderTest.meter) == nil)
            #expect(try await desk.texts(to: rehema).isEmpty)
            try await desk.expectCleanAudit()
        }
    }

    @Test("a partial reversal needs review")
    func partialReversal() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            let payment = try await desk.pay("CKD4A2MX7P1", "1,000", for: DeskUnderTest.meter)
            try await desk.receive(Self.notice("CKD4A2MX7P1").replacing("7P1 has", with: "7P1 of Tsh100.00 has"))
            #expect(try await desk.state(of: payment.id) == .completed)
            #expect(try await desk.tickets().count == 1)
            try await desk.expectCleanAudit()
        }
    }

    @Test("a reversal with another amount, or of a refunded payment, needs review")
    func oddReversals() async throws {
        try await DeskUnderTest.run { desk in
            let id = try await Self.suspended(desk)
            try await desk.order { try $0.refund(id, reference: "R1", $1) }
            try await desk.receive(Self.notice("CKD4A2MX7P1"))
            #expect(try await desk.state(of: id) == .refunded)
            #expect(try await desk.messages().last?.disposition == .review)
            #expect(try await desk.tickets().count == 1)
            try await desk.expectCleanAudit()
        }
    }
}

extension DeskUnderTest {
    /// Marks the messages with a payment's token as sent.
    func send(tokenOf payment: PaymentID) async throws {
        let now = clock.now
        try await gateway.steps.perform { step in
            for message in try step.outbox.messages(of: payment) where message.messageClass == .token {
                try step.outbox.begin(message.id, modem: "test", at: now)
                try step.outbox.setState(.sent, of: message.id, countsAttempt: true, at: now)
            }
        }
    }
}
