import Admin
import Foundation
import Simulator
import TestSupport
import Testing

private typealias Gateway = GatewayUnderTest

@Suite("Several modems")
struct SeveralModemsTests {
    /// Runs `body` with the modem `office` and a second one, `tower`.
    private static func run(
        unproved: String = #"all = ["chain"]"#, _ body: (GatewayUnderTest, SimulatedModem) async throws -> Void
    ) async throws {
        try await Fixtures.withFolder { folder in
            var options = SimulatedModem.Options()
            options.link = folder.appendingPathComponent("tower").path
            let tower = try SimulatedModem(options)
            defer { tower.stop() }
            // The payer's number is of the first modem's network.
            let modem = """
                networks = ["yas"]
                [[modems]]
                name = "tower"
                device = "\(folder.path)/tower"
                rate_per_minute = 0
                daily_cap = 0
                pace_ms = 1
                send_patience_seconds = 3
                """
            try await Gateway.run(modemMore: modem, unproved: unproved) { gateway in
                try gateway.start()
                try await wait(for: "both modems to be ready") {
                    (try? await gateway.status().modems.allSatisfy { $0.state == "ready" }) ?? false
                }
                try await gateway.register([("Rehema", "+255712000678", Gateway.firstMeter)])
                try await body(gateway, tower)
            }
        }
    }

    /// Takes payments and waits until each has a token at the handset. Returns the tokens as they arrived.
    private func pay(_ count: Int, _ gateway: GatewayUnderTest, _ tower: SimulatedModem) async throws -> [String] {
        for number in 0..<count {
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX\(100 + number)"))
        }
        func arrived() -> [String] {
            (gateway.modem.sentTexts + tower.sentTexts).flatMap { Gateway.tokens(in: $0.text) }
        }
        try await wait(for: "the tokens") { Set(arrived()).count == count }
        return arrived()
    }

    @Test(
        "what a barred SIM refuses leaves by another modem, each token once, and staff see why",
        arguments: [50, 8, 331])
    func barred(code: Int) async throws {
        try await Self.run { gateway, tower in
            gateway.modem.inject(.barred(code: code))
            let tokens = try await pay(12, gateway, tower)
            #expect(tokens.count == 12)
            var outbox: [OutMessageView] = []
            try await wait(for: "all messages to be sent") {
                outbox = try await gateway.client.get(
                    "/v1/messages/out?limit=500", as: PageView<OutMessageView>.self
                ).value.items
                return outbox.allSatisfy { ["sent", "delivered"].contains($0.state) }
            }
            let refused = try #require(outbox.first { $0.attempts > 0 })
            let shown = try gateway.command("messages", "show", "\(refused.id)", "--out")
            #expect(shown.output.contains("left to another modem") && shown.output.contains("(\(code))"))
            // After five refusals in a row, the SIM is avoided.
            #expect(outbox.count { $0.attempts > 0 } <= 6)
            gateway.modem.heal()
        }
    }

    @Test("a token that a barred SIM refuses while the other modem is away leaves by that one once it is back")
    func barredAlone() async throws {
        try await Self.run { gateway, tower in
            tower.unplug()
            try await wait(for: "the modem to be missed") {
                try await gateway.status().modems.last?.state == "down"
            }
            gateway.modem.inject(.barred(code: 50))
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            try await wait(for: "the refusal") { gateway.log.contains("A message was not sent.") }
            #expect(try await gateway.status().outbox["failed"] == nil)
            try tower.plugIn()
            try await wait(for: "the token") { tower.sentTexts.contains { !Gateway.tokens(in: $0.text).isEmpty } }
        }
    }

    @Test("what was queued for a modem that dies leaves by the other one")
    func died() async throws {
        try await Self.run { gateway, tower in
            tower.unplug()
            try await wait(for: "the modem to be missed") {
                try await gateway.status().modems.last?.state == "down"
            }
            let tokens = try await pay(5, gateway, tower)
            #expect(Set(tokens).count == 5)
            try tower.plugIn()
            try await wait(for: "the modem to be back") { try await gateway.status().modems.last?.state == "ready" }
        }
    }

    @Test("of a token whose sends stay unanswered there are two copies at most, and then a ticket")
    func unanswered() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([("Rehema", "+255712000678", Gateway.firstMeter)])
            gateway.modem.inject(.neverAnswers)
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            try await wait(for: "the message to be given up") {
                try await gateway.status().outbox["unknown"] ?? 0 >= 1
            }
            let copies = gateway.modem.sentTexts.count { !Gateway.tokens(in: $0.text).isEmpty }
            #expect((1...2).contains(copies))
            gateway.modem.heal()
            try await wait(for: "the ticket") { try await !gateway.tickets().isEmpty }
        }
    }

    @Test("two modems receive for two wallets, and one wallet is on two SIMs: each has its own chain of balances")
    func wallets() async throws {
        try await Self.run(unproved: "") { gateway, tower in
            for (wallet, balance, modem) in [
                ("mpesa-tz", "500000.00", "office"), ("mpesa-tz", "70000.00", "tower"),
                ("airtel-tz", "9000.00", "tower"),
            ] {
                let anchored = try gateway.command("wallets", "balance", wallet, balance, "--modem", modem)
                try #require(anchored.status == 0, "\(anchored.errors)")
            }
            var (first, second) = (
                RunningWallet(.mpesa, holds: 500_000), RunningWallet(.mpesa, holds: 70_000, count: 50)
            )
            var airtel = RunningWallet(.airtel, holds: 9_000)
            let phone = "+255712000678"
            for _ in 0..<3 {
                gateway.modem.deliver(from: "M-PESA", first.receive(10_000, from: phone).text)
                tower.deliver(from: "M-PESA", second.receive(7_000, from: phone).text)
                tower.deliver(from: "AirtelMoney", airtel.receive(3_000, from: phone).text)
            }
            try await wait(for: "all payments") { try await gateway.status().payments["completed"] == 9 }
            // The balance of one SIM proves nothing on the other.
            gateway.modem.deliver(from: "M-PESA", second.receive(2_000, from: phone).text)
            try await wait(for: "the payment to wait") { try await gateway.status().payments["received"] == 1 }
            try await gateway.expectCleanAudit()
        }
    }

    @Test("a token that a modem acknowledges and loses is sent again when the customer asks for it")
    func lost() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([("Rehema", "+255712000678", Gateway.firstMeter)])
            gateway.modem.inject(.acceptedAndLost)
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            try await wait(for: "the message to be sent") { try await gateway.status().outbox["sent"] == 1 }
            #expect(gateway.texts(to: "+255712000678").isEmpty)
            gateway.modem.deliver(from: "+255712000678", "TOKEN")
            try await wait(for: "the token") {
                gateway.texts(to: "+255712000678").contains { !Gateway.tokens(in: $0).isEmpty }
            }
            #expect(try await gateway.payments().count == 1)
        }
    }
}
