import Admin
import Simulator
import TestSupport
import Testing

/// What wallets and people did during a soak, kept apart from the daemon, and what must be true of it afterwards.
struct SoakLedger {
    struct Credit {
        let phone: String
        let amount: Int
    }

    /// By transaction id.
    var credits: [String: Credit] = [:]
    var forged: Set<String> = []
    /// Texts of people, each different.
    var texts: Set<String> = []
    /// The texts of broadcasts.
    var notices: Set<String> = []
    var counts: [String: Int] = [:]

    /// Compares the daemon's books, and what the modems transmitted, with this ledger.
    func expect(_ gateway: GatewayUnderTest, _ modems: [SimulatedModem]) async throws {
        let payments = try await gateway.payments()
        let tickets = try await gateway.all("/v1/tickets", of: TicketView.self).map {
            $0.subject.split(separator: ",").first.map(String.init) ?? ""
        }
        let transmitted = modems.flatMap(\.sentTexts)
        let phones = Dictionary(grouping: transmitted) { $0.recipient }.mapValues { Set($0.map(\.text)) }
        #expect(Set(payments.map(\.txnId)).subtracting(forged) == Set(credits.keys), "lost or invented payments")
        #expect(payments.count == Set(payments.map(\.txnId)).count, "doubled payments")
        #expect(payments.filter { forged.contains($0.txnId) }.allSatisfy { $0.state != "completed" && $0.token == nil })
        var tokens: Set<String> = []
        for item in payments where credits[item.txnId] != nil {
            let payment = try await gateway.payment(item.id)
            let credit = try #require(credits[item.txnId])
            #expect(payment.state == "completed", "\(item.txnId) is \(payment.state)")
            #expect(payment.amount.amount == "\(credit.amount).00")
            guard let token = payment.token?.token else { continue }
            #expect(tokens.insert(token).inserted, "a token came twice")
            let answers = payment.messages?.filter { GatewayUnderTest.tokens(in: $0.text).contains(token) } ?? []
            // After two sends of unknown outcome a person takes over.
            if tickets.contains("The token of payment \(item.id) did not arrive: unknown") { continue }
            let isAnswered = answers.contains { phones[credit.phone]?.contains($0.text) == true }
            #expect(isAnswered, "\(item.txnId) has no answer: \(answers.map { "\($0.id) \($0.state)" })")
        }
        let sent = Set(transmitted.flatMap { GatewayUnderTest.tokens(in: $0.text) })
        #expect(sent.isSubset(of: tokens), "tokens that the books do not have")
        for notice in notices {
            let recipients = transmitted.filter { $0.text == notice }.map(\.recipient)
            #expect(recipients.count == Set(recipients).count, "a notice came twice")
        }
        let received = try await gateway.all("/v1/messages/in", of: InMessageView.self)
        #expect(texts.subtracting(received.map(\.text)) == [], "lost texts")
        try await gateway.expectCleanAudit()
    }
}
