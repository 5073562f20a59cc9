import Domain
import Gateway
import ModemMessages
import Store
import TestSupport
import Testing

@Suite("The payment desk")
struct PaymentDeskTests {
    @Test("debts are paid before energy, in the ledger and in the customer's message")
    func debts() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            let yesterday = desk.today.adding(days: -1)
            try await desk.sell("Solar pump", 600, .count(2), from: yesterday.adding(days: -7))
            try await desk.charge(DeskUnderTest.meter, 200, due: yesterday)
            // Row 3 of the worked table.
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            let payment = try #require(try await desk.payments().first)
            #expect(payment.state == .completed)
            let allocations = try await desk.gateway.steps.read { try $0.payments.allocations(of: payment.id) }
            #expect(allocations.filter { $0.kind == .instalment }.map(\.amount.minor) == [30_000, 30_000])
            #expect(allocations.filter { $0.kind == .access }.map(\.amount.minor) == [20_000])
            #expect(allocations.first { $0.kind == .energy }?.energy.tenths == 8)
            let text = try #require(try await desk.outbox().first).body
            #expect(
                text.hasPrefix("Token: ") && text.contains("TZS 600 paid for Solar pump.")
                    && text.contains("TZS 200 paid for access."))
            try await desk.expectCleanAudit()
        }
    }

    @Test("a payment that goes wholly to debts issues no token, and the message says why")
    func onlyDebts() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.charge(DeskUnderTest.meter, 1_500, due: desk.today.adding(days: -1))
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            let text = try #require(try await desk.outbox().first)
            #expect(
                text.body.contains("No token") && text.body.contains("Still to pay: TZS 500")
                    && text.messageClass == .answer)
            try await desk.expectCleanAudit()
        }
    }

    @Test("an amount below the minimum purchase is kept as credit and used with the next payment")
    func credit() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter(minimum: "500")
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1", "Tsh300.00"))
            #expect(try await desk.outbox()[0].body.contains("TZS 500"))
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P2", "Tsh300.00"))
            let texts = try await desk.outbox().map(\.body)
            #expect(texts[1].contains("2.4 kWh"))
            try await desk.expectCleanAudit()
        }
    }

    @Test(
        "a notice that fails a check is held with its reason and is not answered",
        arguments: [
            ("Tsh600,000.00", "Tsh985,618.00", "ceiling"), ("Tsh5,000.00", "Tsh100.00", "balance"),
            ("USD 50.00", "USD 500.00", "USD"),
        ])
    func held(amount: String, balance: String, reason: String) async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1", amount, balance: balance))
            let payment = try #require(try await desk.payments().first)
            #expect(payment.state == .held)
            #expect(try desk.reasons(payment).contains(reason))
            #expect(try await desk.outbox().isEmpty)
            try await desk.expectCleanAudit()
        }
    }

    @Test(
        "a hostile amount leads to a clear record and never to a payment",
        arguments: ["Tsh0.00", "Tsh-1.00", "Tsh1" + String(repeating: "0", count: 30), "Tsh10.123", "Zzz 500"])
    func hostile(amount: String) async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1", amount))
            #expect(try await desk.payments().isEmpty)
            let message = try #require(try await desk.messages().first)
            #expect(message.state == .handled && message.disposition == .review && message.note != nil)
        }
    }

    @Test("a message with missing parts is read as it is and never credited")
    func incomplete() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive(
                DeskUnderTest.confirmation("CKD4A2MX7P1"),
                place: PartPlace(reference: 9, total: 255, number: 3, isWide: false))
            #expect(try await desk.messages().isEmpty)
            desk.clock.advance(.seconds(601))
            _ = try await desk.inbox.joinIncomplete()
            try await desk.router.handleWaiting()
            let message = try #require(try await desk.messages().first)
            #expect(message.isIncomplete)
            #expect(try await desk.payments().map(\.state) == [.held])
            #expect(try await desk.outbox().isEmpty)
        }
    }

    @Test("a copy with another amount needs review")
    func changedCopy() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1", "Tsh9,000.00"))
            #expect(try await desk.payments().count == 1)
            #expect(try await desk.messages().map(\.disposition) == [.credit, .review])
        }
    }

    @Test("a reversal undoes a payment that was not used yet")
    func reversals() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            #expect(try await desk.payments().map(\.state) == [.suspense])
            try await desk.receive(
                "AHN8A7OAM5E Confirmed. Transaction CKD4A2MX7P1 has been reversed. Your account balance is now Tsh3,118.00."
            )
            #expect(try await desk.payments().map(\.state) == [.reversed])
            try await desk.expectCleanAudit()
        }
    }

    @Test("two payments in one minute get tokens with different identifiers")
    func sameMinute() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            for number in 1...5 { try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P\(number)")) }
            let tokens = try await desk.gateway.steps.read { step in
                try desk.payments.compactMap { try step.tokens.token(of: $0) }
            }
            #expect(Set(tokens.map(\.digits)).count == 5 && Set(tokens.map(\.identifier)).count == 5)
            try await desk.expectCleanAudit()
        }
    }

    @Test("a hundred payments for one meter in one minute get a hundred tokens")
    func manyInAMinute() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            for number in 100..<200 { try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX\(number)")) }
            #expect(try await desk.payments().allSatisfy { $0.state == .completed })
            try await desk.expectCleanAudit()
        }
    }

    @Test("a clock hours behind the last token sells nothing, and the payer is told that the money is safe")
    func implausibleClock() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            desk.clock.advance(.seconds(-7_200))
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P2"))
            let payments = try await desk.payments()
            #expect(payments.map(\.state) == [.completed, .held])
            #expect(try desk.reasons(payments[1]).contains("clock"))
            #expect(try await desk.outbox().last?.body.contains("our people are on it") == true)
            try await desk.expectCleanAudit()
        }
    }
}

extension DeskUnderTest {
    fileprivate var payments: [PaymentID] { (1...5).map { PaymentID($0) } }
}
