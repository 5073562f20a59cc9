import Domain
import Foundation
import Gateway
import Store
import TestSupport
import Testing

private let rehema = DeskUnderTest.phone
private let asha = "+255754000333"

@Suite("Staff by SMS")
struct StaffTests {
    @Test("#number with a text is sent to the customer, and the customer's next text is added to the thread")
    func conversation() async throws {
        try await DeskUnderTest.run { desk in
            _ = try await desk.register(.staff, "Asha", asha)
            try await desk.registerMeter()
            try await desk.receive("my fence is broken near the meter box", from: rehema)
            try await desk.receive("#1 Which fence is it?", from: asha)
            #expect(try await desk.texts(to: rehema).last == "#1: Which fence is it?")
            #expect(try await desk.ticket(1).status == .waiting)
            // It contains a keyword but is an answer to staff's question all the same.
            try await desk.receive("the one with the price board behind the school", from: rehema)
            let thread = try await desk.thread(1)
            #expect(thread.map(\.author) == [.customer, .staff, .customer])
            #expect(try await desk.ticket(1).status == .open)
        }
    }

    @Test(
        "an order for an unknown ticket, or without a text, is answered as such and sends nothing",
        arguments: ["#77 hello", "#99999999999999999999 hello", "CLOSE #77", "#1", "#1   "])
    func refused(order: String) async throws {
        try await DeskUnderTest.run { desk in
            _ = try await desk.register(.staff, "Asha", asha)
            try await desk.registerMeter()
            try await desk.receive("my fence is broken near the meter box", from: rehema)
            let before = try await desk.texts(to: rehema).count
            try await desk.receive(order, from: asha)
            #expect(try await desk.texts(to: rehema).count == before)
            #expect(try await desk.texts(to: asha).last?.contains("#") == true)
            #expect(try await desk.ticket(1).status == .open)
        }
    }

    @Test("STATUS returns today's figures in one SMS")
    func status() async throws {
        try await DeskUnderTest.run { desk in
            _ = try await desk.register(.staff, "Asha", asha)
            try await desk.registerMeter()
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P2", "Tsh900,000.00"))
            try await desk.receive("status", from: asha)
            let text = try #require(try await desk.texts(to: asha).last)
            #expect(text.contains("2 payments, TZS 901,000") && text.contains("Held 1"))
            desk.clock.advance(.seconds(60))
            try await desk.receive("status", from: asha)
            #expect(try await desk.texts(to: asha).count == 2, "asked again, answered again")
            #expect(try await desk.outbox().last?.parts.count == 1)
        }
    }

    @Test("each order has its own answer: sent, closed, already closed, reopened")
    func orders() async throws {
        try await DeskUnderTest.run { desk in
            _ = try await desk.register(.staff, "Asha", asha)
            try await desk.registerMeter()
            try await desk.receive("my fence is broken near the meter box", from: rehema)
            for order in ["#1 one", "#1 two", "close 1", "CLOSE #1", "REOPEN #1"] {
                try await desk.receive(order, from: asha)
            }
            let answers = try await desk.texts(to: asha)
            #expect(answers.count == 5 && Set(answers).count == 5, "\(answers)")
            #expect(try await desk.ticket(1).status == .open)
            let acts = try await desk.gateway.steps.read { try $0.auditLog.entries(before: nil, limit: 10) }
            #expect(acts.filter { $0.action == "staff by SMS" }.count == 5)
        }
    }

    @Test("a member of staff who is also a customer is treated as a customer if the text is not an order")
    func staffIsCustomer() async throws {
        try await DeskUnderTest.run { desk in
            _ = try await desk.register(.staff, "Rehema", rehema)
            try await desk.registerMeter()
            try await desk.receive("BALANCE", from: rehema)
            #expect(try await desk.texts(to: rehema).first?.hasPrefix("Credit") == true)
        }
    }

    @Test("orders from strangers are not carried out")
    func stranger() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive("my fence is broken near the meter box", from: rehema)
            try await desk.receive("CLOSE #1", from: "+255754000999")
            try await desk.receive("#1 Pay to this number instead", from: "+255754000999")
            #expect(try await desk.ticket(1).status == .open)
            #expect(try await desk.texts(to: rehema).count == 1)
        }
    }

    @Test("many alerts become one digest, danger is sent at once, and nothing is sent twice")
    func digest() async throws {
        try await DeskUnderTest.run { desk in
            _ = try await desk.register(.staff, "Asha", asha)
            try await desk.registerMeter()
            for number in 10..<30 {
                try await desk.receive("my fence at post \(number) is broken", from: "+2557540001\(number)")
                try await desk.schedule()
            }
            #expect(try await desk.texts(to: asha).count == 1, "the first is sent, the others wait")
            try await desk.receive("the transformer is on fire", from: rehema)
            try await desk.schedule()
            #expect(try await desk.texts(to: asha).count == 2)
            desk.clock.advance(.seconds(601))
            try await desk.schedule()
            try await desk.schedule()
            let texts = try await desk.texts(to: asha)
            #expect(texts.count == 3 && texts[2].hasPrefix("19 new alerts"), "\(texts)")
        }
    }

    @Test("many dangers are five messages at once, then one a minute by mini-grid, until they end")
    func dangers() async throws {
        try await DeskUnderTest.run { desk in
            _ = try await desk.register(.staff, "Asha", asha)
            try await desk.registerMeter()
            for number in 10..<40 {
                try await desk.receive("fire at the powerhouse", from: "+2557540001\(number)")
                try await desk.schedule()
            }
            #expect(try await desk.texts(to: asha).count == 5)
            desk.clock.advance(.seconds(60))
            try await desk.receive("fire at the powerhouse", from: rehema)
            try await desk.schedule()
            #expect(try await desk.texts(to: asha).count == 6)
            let sum = try #require(try await desk.texts(to: asha).last)
            #expect(sum.contains("26 reports") && sum.contains("? 25, Kisiwa 1 (#31"), "\(sum)")
            for _ in 0..<6 {
                desk.clock.advance(.seconds(10))
                try await desk.receive("fire at the powerhouse", from: rehema)
                try await desk.schedule()
            }
            let texts = try await desk.texts(to: asha).filter { $0.hasPrefix("URGENT") }
            #expect(texts.count == 7, "one a minute: \(texts.suffix(3))")
            desk.clock.advance(.seconds(700))
            try await desk.schedule()
            try await desk.receive("fire at the powerhouse", from: rehema)
            try await desk.schedule()
            #expect(try await desk.texts(to: asha).last?.hasPrefix("URGENT #31 Kijiji, Kisiwa") == true)
        }
    }

    @Test("a report of danger is acknowledged at once, and confirmed once the network accepted the alert to staff")
    func dangerTold() async throws {
        try await DeskUnderTest.run { desk in
            _ = try await desk.register(.staff, "Asha", asha)
            try await desk.receive("fire at the powerhouse", from: rehema)
            try await desk.schedule()
            try await desk.schedule()
            #expect(try await desk.texts(to: rehema).count == 1)
            #expect(try await desk.texts(to: rehema).first?.contains("passing it on") == true)
            let now = desk.clock.now
            let alert = try #require(try await desk.outbox().first { $0.recipient.e164 == asha })
            try await desk.gateway.steps.perform {
                try $0.outbox.begin(alert.id, modem: "test", at: now)
                try $0.outbox.setState(.sent, of: alert.id, at: now)
            }
            try await desk.schedule()
            try await desk.schedule()
            let texts = try await desk.texts(to: rehema)
            #expect(texts.count == 2 && texts[1].contains("team is told"), "\(texts)")
        }
    }

    @Test("an undelivered token, an expired question and a reversal after the token each open one ticket")
    func systemTickets() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P1"))
            let now = desk.clock.now
            let token = try #require(try await desk.outbox().first)
            try await desk.gateway.steps.perform {
                try $0.outbox.setState(.failed, of: token.id, error: "the number does not exist", at: now)
            }
            try await desk.receive(DeskUnderTest.confirmation("CKD4A2MX7P2", from: "255754000888"))
            #expect(try await desk.payments()[1].state == .suspense)
            try await desk.receive(
                "CKD4A2MX7R1 Confirmed. The transaction CKD4A2MX7P1 of Tsh1,000.00 received from 255712000678 - REHEMA JUMA has been reversed on 21/11/26 at 7:02 PM. New M-Pesa balance is Tsh984,618.00."
            )
            try await desk.schedule()
            try await desk.schedule()
            desk.clock.advance(.seconds(7 * 86_400 + 1))
            try await desk.schedule()
            try await desk.schedule()
            let causes = try await desk.tickets().compactMap(\.cause)
            #expect(Set(causes).count == causes.count)
            #expect(causes.contains { $0.code == .lostToken })
            #expect(causes.contains { $0.code == .question })
            let reversals = try await desk.messages().filter { $0.note?.contains("was reversed") == true }
            #expect(causes.filter { $0.key.hasPrefix("reversal/") }.count == reversals.count)
        }
    }
}
