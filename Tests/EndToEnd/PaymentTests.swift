import Admin
import Foundation
import Simulator
import TestSupport
import Testing
import Tokens

private typealias Gateway = GatewayUnderTest
private let rehema = (name: "Rehema", phone: "+255712000678", serial: GatewayUnderTest.firstMeter)

@Suite("Payments and tokens", .serialized)
struct PaymentTests {
    @Test("10,000 at 356 per kWh gives one token of 28.0 kWh for a meter with DKGA04 and EA11")
    func oneToken() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([rehema])
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            try await wait(for: "the token") { !gateway.modem.sentTexts.isEmpty }
            let (recipient, text) = try #require(gateway.modem.sentTexts.first)
            #expect(recipient == rehema.phone)
            let token = try #require(Gateway.tokens(in: text).first)
            #expect(text.hasPrefix("Token: "))
            let reading = try Gateway.decode(token, meter: rehema.serial)
            #expect(reading.type == "credit" && reading.utility == "electricity" && reading.amount == "28.0")
            try await wait(for: "the SIM to be empty") { gateway.modem.storedMessages == 0 }
            let payment = try await gateway.payment(1)
            #expect(payment.state == "completed" && payment.token?.token == token)
            try await wait(for: "the delivery report") {
                try await gateway.payment(1).messages?.first?.state == "delivered"
            }
            try await gateway.expectCleanAudit()
        }
    }

    @Test("the same text received twice gives one payment and one token")
    func twice() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([rehema])
            // The network delivers the text again, with another timestamp and the same transaction.
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"), at: Date())
            gateway.modem.deliver(
                from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"), at: Date().addingTimeInterval(90))
            try await wait(for: "both messages to be handled") {
                try await gateway.messages().filter { $0.state == "handled" }.count == 2
            }
            try await wait(for: "the token") { !gateway.modem.sentTexts.isEmpty }
            #expect(try await gateway.payments().count == 1)
            #expect(gateway.modem.sentTexts.count == 1)
            #expect(try await gateway.messages().contains { $0.note == "duplicate of payment 1" })
            try await gateway.expectCleanAudit()
        }
    }

    @Test(
        "a payer with two meters is asked which one, and the reply completes the payment",
        arguments: ["2", "meter 0145 0000 029 please"])
    func asked(reply: String) async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([rehema, ("Rehema", rehema.phone, Gateway.secondMeter)])
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            try await wait(for: "the question") { gateway.modem.sentTexts.count == 1 }
            #expect(gateway.modem.sentTexts[0].text.contains("2 = \(Gateway.secondMeter)"))
            #expect(try await gateway.payment(1).state == "suspense")
            try await gateway.expectCleanAudit()
            gateway.modem.deliver(from: rehema.phone, reply)
            try await wait(for: "the token") { gateway.modem.sentTexts.count == 2 }
            let token = try #require(Gateway.tokens(in: gateway.modem.sentTexts[1].text).first)
            #expect(try Gateway.decode(token, meter: Gateway.secondMeter).amount == "28.0")
            #expect(try await gateway.payment(1).state == "completed")
            // There is no open question for the second answer.
            gateway.modem.deliver(from: rehema.phone, "1")
            try await wait(for: "help") { gateway.modem.sentTexts.count == 3 }
            #expect(Gateway.tokens(in: gateway.modem.sentTexts[2].text).isEmpty)
            try await gateway.expectCleanAudit()
        }
    }

    @Test("a payment with an unknown serial as reference stays in suspense, and the payer is told")
    func unknownSerial() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([rehema])
            gateway.modem.deliver(from: "M-PESA", Gateway.tillConfirmation("CKD4A2MX7P1", reference: "01450009999"))
            try await wait(for: "an answer") { !gateway.modem.sentTexts.isEmpty }
            #expect(gateway.modem.sentTexts[0].text.contains("01450009999"))
            #expect(Gateway.tokens(in: gateway.modem.sentTexts[0].text).isEmpty)
            gateway.modem.deliver(from: rehema.phone, "01450000011")
            try await wait(for: "the token") { gateway.modem.sentTexts.count == 2 }
            #expect(Gateway.tokens(in: gateway.modem.sentTexts[1].text).count == 1)
            try await gateway.expectCleanAudit()
        }
    }

    @Test("a correct text from a handset is quarantined and not answered")
    func forged() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([rehema])
            gateway.modem.deliver(from: rehema.phone, Gateway.confirmation("CKD4A2MX7P1"))
            gateway.modem.deliver(from: "M-PESA ", Gateway.confirmation("CKD4A2MX7P2"))
            // The next payment is answered, so the forged texts have been handled before.
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P3"))
            try await wait(for: "the token of the real payment") { !gateway.modem.sentTexts.isEmpty }
            let messages = try await gateway.messages()
            #expect(messages.filter { $0.disposition == "quarantine" }.count == 2)
            #expect(try await gateway.payments().map(\.txnId) == ["CKD4A2MX7P3"])
            #expect(gateway.modem.sentTexts.count == 1)
            #expect(!gateway.log.contains(rehema.phone))
        }
    }

    @Test("parts that arrive in reverse order are joined to one text")
    func reversedParts() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([rehema])
            gateway.modem.deliver(
                from: "M-PESA", Gateway.tillConfirmation("CKD4A2MX7P1", reference: Gateway.firstMeter),
                order: { $0.reversed() })
            try await wait(for: "the token") { !gateway.modem.sentTexts.isEmpty }
            #expect(Gateway.tokens(in: gateway.modem.sentTexts[0].text).count == 1)
            #expect(try await gateway.payment(1).reference == Gateway.firstMeter)
        }
    }

    @Test("parts of two senders, or of two texts of one sender, with the same reference are not mixed")
    func collidingReferences() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([rehema])
            let first = Gateway.tillConfirmation("CKD4A2MX7P1", reference: Gateway.firstMeter)
            let second = Gateway.tillConfirmation("CKD4A2MX7P2", reference: Gateway.firstMeter, amount: "20,000.00")
            let foreign = String(repeating: "habari za leo ", count: 15)
            let now = Date()
            func part(_ text: String, _ number: UInt8, _ originator: String, _ time: Date) {
                let cut = text.index(text.startIndex, offsetBy: 150)
                gateway.modem.deliverPart(
                    from: originator, String(number == 1 ? text[..<cut] : text[cut...]), at: time,
                    concatenation: Concatenation(reference: 7, total: 2, number: number))
            }
            part(foreign, 1, "+255754000111", now)
            part(first, 1, "M-PESA", now)
            part(second, 1, "M-PESA", now.addingTimeInterval(60))
            part(first, 2, "M-PESA", now)
            part(foreign, 2, "+255754000111", now)
            part(second, 2, "M-PESA", now.addingTimeInterval(60))
            try await wait(for: "two payments") {
                try await gateway.payments().filter { $0.state == "completed" }.count == 2
            }
            let amounts = try await gateway.payments().map(\.amount.amount)
            #expect(Set(amounts) == ["10000.00", "20000.00"])
            #expect(try await gateway.messages().contains { $0.text == foreign })
        }
    }

    @Test("each step gets its own SMS if the company is configured so")
    func eachStep() async throws {
        try await Fixtures.withFolder { folder in
            let gateway = try GatewayUnderTest(folder)
            let text = try String(contentsOfFile: gateway.configuration, encoding: .utf8)
            try ("notifications = \"each_step\"\n" + text).write(
                toFile: gateway.configuration, atomically: true, encoding: .utf8)
            try await gateway.startReady()
            try await gateway.register([rehema])
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            try await wait(for: "three messages") { gateway.modem.sentTexts.count == 3 }
            #expect(Gateway.tokens(in: gateway.modem.sentTexts[0].text).count == 1)
            #expect(gateway.modem.sentTexts[1].text.contains("10,000"))
            #expect(gateway.modem.sentTexts[2].text.contains("credit"))
            gateway.killHard()
        }
    }

    @Test("for a payment to another customer's meter, the payer and the owner both get an SMS")
    func forSomebodyElse() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([rehema, ("Juma", "+255754000222", Gateway.secondMeter)])
            gateway.modem.deliver(
                from: "M-PESA", Gateway.tillConfirmation("CKD4A2MX7P1", reference: "mita \(Gateway.secondMeter)"))
            try await wait(for: "two messages") { gateway.modem.sentTexts.count == 2 }
            let texts = Dictionary(uniqueKeysWithValues: gateway.modem.sentTexts.map { ($0.recipient, $0.text) })
            let payer = try #require(texts[rehema.phone])
            let owner = try #require(texts["+255754000222"])
            #expect(Gateway.tokens(in: payer) == Gateway.tokens(in: owner) && Gateway.tokens(in: payer).count == 1)
            #expect(owner.contains("REHEMA JUMA paid"))
            // The rest becomes the owner's credit, and only the owner is told the balance.
            #expect(owner.contains("Your credit is TZS 32.") && !payer.contains("Your credit"))
            #expect(payer.contains("TZS 32 is kept as credit for the owner."))
        }
    }
}
