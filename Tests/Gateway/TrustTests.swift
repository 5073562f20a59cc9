import Domain
import Foundation
import Gateway
import Messages
import Store
import TestSupport
import Testing

/// Texts of one wallet whose balances follow from each other, as M-Pesa Tanzania writes them.
private struct Wallet {
    var balance: Int
    private(set) var number = 0

    init(_ balance: Int) { self.balance = balance }

    mutating func received(
        _ amount: Int, at time: String = "6:02 PM", on day: String = "18/11/26", name: String = "REHEMA JUMA",
        id: String? = nil
    ) -> String {
        balance += amount
        number += 1
        return
            "\(id ?? "CKD4A2MX\(number + 100)") Confirmed.You have received Tsh\(amount).00 from 255712000678 - \(name) on \(day) at \(time) New M-Pesa balance is Tsh\(balance).00."
    }

    mutating func sent(_ amount: Int, fee: Int, at time: String = "6:02 PM") -> String {
        balance -= amount + fee
        number += 1
        return
            "CKD4A2MX\(number + 100) Confirmed. Tsh\(amount).00 sent to 255767000013 - GODI CHANGA on 18/11/26 at \(time) Total fee Tsh\(fee).00. New M-Pesa balance is Tsh\(balance).00."
    }
}

@Suite("What a provider's notice must prove before its money counts")
struct TrustTests {
    /// 2026-11-18 18:03 in Dar es Salaam.
    private static let evening = Timestamp(seconds: 1_795_014_180)

    private static func run(
        _ change: (inout TrustSettings) -> Void = { _ in }, _ body: (DeskUnderTest) async throws -> Void
    ) async throws {
        func trusting(_ settings: inout GatewaySettings) {
            settings.trust = TrustSettings(unverifiedLimit: Money(minor: 2_000_000))
            change(&settings.trust)
        }
        try await DeskUnderTest.run(change: trusting) { desk in
            desk.clock.now = evening
            try await desk.registerMeter()
            try await body(desk)
            try await desk.expectCleanAudit()
        }
    }

    private static func states(_ desk: DeskUnderTest) async throws -> [PaymentState] {
        try await desk.payments().map(\.state)
    }

    // MARK: The chain of balances

    @Test("texts whose balances follow from each other are credited at once, whatever their amount")
    func chain() async throws {
        try await Self.run { desk in
            var wallet = Wallet(3_118)
            for amount in [1_000, 400_000, 30_000, 5_000] {
                try await desk.receive(wallet.received(amount), sentAt: Self.evening)
            }
            try await desk.receive(wallet.sent(200_000, fee: 130), sentAt: Self.evening)
            try await desk.receive(wallet.received(90_000), sentAt: Self.evening)
            #expect(try await Self.states(desk) == Array(repeating: .completed, count: 5))
        }
    }

    @Test("a wallet's first text is credited up to the limit, and held above it until somebody accepts it")
    func firstText() async throws {
        try await Self.run { desk in
            var wallet = Wallet(10_000)
            try await desk.receive(wallet.received(20_001), sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.held])
            try await desk.order { try $0.approve(PaymentID(1), for: nil, $1, $2) }
            try await desk.receive(wallet.received(50_000), sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.completed, .completed])
        }
    }

    @Test("texts that come in the wrong order are credited when the one between them comes, in the provider's order")
    func disorder() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000, at: "5:50 PM"), sentAt: Self.evening)
            let second = wallet.received(30_000, at: "5:51 PM")
            let third = wallet.sent(1_000, fee: 60, at: "5:52 PM")
            let fourth = wallet.received(40_000, at: "5:53 PM")
            for text in [fourth, third] { try await desk.receive(text, sentAt: Self.evening) }
            #expect(try await Self.states(desk) == [.completed, .received])
            try await desk.expectCleanAudit()
            try await desk.receive(second, sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.completed, .completed, .completed])
        }
    }

    @Test(
        "after a lost text small payments are credited when the wait is over, large ones are held, and staff hear of the gap once"
    )
    func lost() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening)
            _ = wallet.received(7_000)
            try await desk.receive(wallet.received(20_000), sentAt: Self.evening)
            try await desk.receive(wallet.received(20_001), sentAt: Self.evening)
            desk.clock.advance(.seconds(599))
            try await desk.schedule()
            #expect(try await Self.states(desk) == [.completed, .received, .received])
            desk.clock.advance(.seconds(2))
            try await desk.schedule()
            #expect(try await Self.states(desk) == [.completed, .completed, .held])
            let gaps = try await desk.gateway.store.read { try $0.wallets.all().map(\.gapAt) }
            #expect(gaps.compactMap { $0 }.count == 1)
            // The wallet is looked at: what follows from there is proved, also what is held for want of proof.
            try await desk.order { _, transaction, now in
                try WalletOrders(desk.gateway).set(
                    Money(minor: 3_300_000), of: "mpesa-tz", modem: "test", transaction, now)
            }
            #expect(try await Self.states(desk) == [.completed, .completed, .completed])
            try await desk.receive(wallet.received(300_000), sentAt: desk.clock.now.adding(.zero))
            #expect(try await Self.states(desk).last == .completed)
        }
    }

    @Test("a text that closes the gap within the wait lets the others go on, and a late one frees what is held")
    func late() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening)
            let missing = wallet.received(50_000)
            try await desk.receive(wallet.received(60_000), sentAt: Self.evening)
            desk.clock.advance(.seconds(700))
            try await desk.schedule()
            #expect(try await Self.states(desk) == [.completed, .held])
            try await desk.receive(missing, sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.completed, .completed, .completed])
        }
    }

    @Test("a copy with another id finds its place in the chain taken, and is no payment")
    func copy() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening)
            let genuine = wallet.received(30_000, id: "CKD4A2MX7P1")
            try await desk.receive(genuine, sentAt: Self.evening)
            try await desk.receive(genuine, sentAt: Self.evening)
            try await desk.receive(
                genuine.replacingOccurrences(of: "CKD4A2MX7P1", with: "CKD4A2MX7P2"), sentAt: Self.evening)
            desk.clock.advance(.seconds(601))
            try await desk.schedule()
            #expect(try await Self.states(desk) == [.completed, .completed, .held])
        }
    }

    @Test("one event told in two languages is one payment, and the twin without a balance breaks no chain")
    func twins() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening)
            let english = wallet.received(4_000, id: "DGJ9B1FX2C")
            let swahili =
                "DGJ9B1FX2C imethibitishwa. Umepokea Tshs 4,000.00 kutoka SOME BANK, Akaunti ****4321 - PETER MBILI tarehe 18/11/2026 saa 18:01:24."
            try await desk.receive(swahili, sentAt: Self.evening)
            try await desk.receive(english, sentAt: Self.evening)
            try await desk.receive(wallet.received(90_000), sentAt: Self.evening)
            let payments = try await desk.payments()
            #expect(payments.map(\.transactionID).count == 3)
            #expect(payments.last?.state == .completed)
        }
    }

    @Test("a text without a balance is judged by the other checks, and the chain goes on behind it")
    func silent() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening)
            let silent = wallet.received(400_000)
            let start = try #require(silent.range(of: " New M-Pesa"))
            try await desk.receive(String(silent[..<start.lowerBound]), sentAt: Self.evening)
            try await desk.receive(wallet.received(30_000), sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.completed, .completed, .completed])
        }
    }

    @Test("a reversal that comes while its payment waits takes it back in silence")
    func reversedWhileWaiting() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening)
            _ = wallet.received(9_000)
            let waiting = wallet.received(2_000, id: "CKD4A2MX7P1")
            try await desk.receive(waiting, sentAt: Self.evening)
            let told = try await desk.outbox().count
            try await desk.receive(
                "AHN8A7OAM5E Confirmed. Transaction CKD4A2MX7P1 has been reversed. Your account balance is now Tsh\(wallet.balance - 2_000).00.",
                sentAt: Self.evening)
            desk.clock.advance(.seconds(601))
            try await desk.schedule()
            #expect(try await Self.states(desk) == [.completed, .reversed])
            #expect(try await desk.outbox().count == told)
        }
    }

    // MARK: Time, amount, ceiling

    @Test(
        "a text whose time is far from its SMS is held",
        arguments: [
            ("17/11/26", "6:00 PM", true), ("18/11/26", "6:20 PM", true), ("18/11/26", "6:10 PM", false),
            ("17/11/26", "6:10 PM", false),
        ])
    func time(day: String, time: String, isHeld: Bool) async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000, at: time, on: day), sentAt: Self.evening)
            let payment = try #require(try await desk.payments().first)
            #expect((payment.state == .held) == isHeld)
            if isHeld { #expect(payment.reasons.contains { $0.contains("it tells of") }) }
        }
    }

    @Test("an id whose date is another day's is held")
    func datedID() async throws {
        try await Self.run { desk in
            try await desk.receive(
                "Received Tsh 5,000.00 from YUSTA ALI 682000310. Balance Tsh 34,410.00. TID: PP261118.0921.C10468",
                from: "AirtelMoney", sentAt: Self.evening)
            try await desk.receive(
                "Received Tsh 5,000.00 from YUSTA ALI 682000310. Balance Tsh 39,410.00. TID: PP261003.0921.C10469",
                from: "AirtelMoney", sentAt: Self.evening)
            let payments = try await desk.payments()
            #expect(payments.map(\.state) == [.suspense, .held])
        }
    }

    @Test("a check that the operator does not want is not made")
    func disabled() async throws {
        func unasked(_ trust: inout TrustSettings) { trust.disabled = ["mpesa-tz": [.time, .chain]] }
        try await Self.run(unasked) { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000, on: "1/2/26"), sentAt: Self.evening)
            wallet.balance = 900_000
            try await desk.receive(wallet.received(300_000, on: "1/2/26"), sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.completed, .completed])
        }
    }

    // MARK: Service centres

    @Test("centres of the first week are learnt, a later one holds the payment until somebody accepts it")
    func learntCentres() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening, centre: "+255754000004")
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening, centre: "+255754000005")
            desk.clock.advance(.seconds(8 * 86_400))
            let later = desk.clock.now
            try await desk.receive(wallet.received(1_000, on: "26/11/26"), sentAt: later, centre: "255754000005")
            try await desk.receive(wallet.received(1_000, on: "26/11/26"), sentAt: later, centre: "+255713000900")
            var payments = try await desk.payments()
            #expect(payments.map(\.state) == [.completed, .completed, .completed, .held])
            #expect(payments[3].reasons.contains { $0.contains("service centre") })
            try await desk.order { [id = payments[3].id] in try $0.approve(id, for: nil, $1, $2) }
            try await desk.receive(wallet.received(1_000, on: "26/11/26"), sentAt: later, centre: "+255713000900")
            payments = try await desk.payments()
            #expect(payments[3].state == .completed && payments[4].state == .completed)
        }
    }

    @Test("a text from a centre that is none of the listed ones is quarantined, a reversal too, and nobody hears why")
    func listedCentres() async throws {
        func listing(_ trust: inout TrustSettings) { trust.centres = .listed(["mpesa-tz": ["+255754000004"]]) }
        try await Self.run(listing) { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000, id: "CKD4A2MX7P1"), sentAt: Self.evening)
            let told = try await desk.outbox().count
            try await desk.receive(wallet.received(9_000), sentAt: Self.evening, centre: "+255713000900")
            try await desk.receive(
                "AHN8A7OAM5E Confirmed. Transaction CKD4A2MX7P1 has been reversed. Your account balance is now Tsh5,000.00.",
                sentAt: Self.evening, centre: "+255713000900")
            #expect(try await Self.states(desk) == [.completed])
            #expect(try await desk.messages().map(\.disposition) == [.credit, .quarantine, .quarantine])
            #expect(try await desk.outbox().count == told)
        }
    }

    // MARK: Forgeries

    @Test(
        "no forgery is credited, and its sender hears nothing",
        arguments: [
            "+255754000777", "M-PESA ", "M PESA", "МPESA", "M-PESА", "0754000777", "MPESA", "M-PE5A", "15000",
        ])
    func forged(originator: String) async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening)
            let told = try await desk.outbox().count
            try await desk.receive(wallet.received(50_000), from: originator, sentAt: Self.evening)
            #expect(try await desk.messages().last?.disposition == .quarantine)
            #expect(try await desk.payments().count == 1)
            #expect(try await desk.outbox().count == told)
        }
    }

    @Test("the payer's side of a payment proves nothing, whoever sends it")
    func payersSide() async throws {
        try await Self.run { desk in
            let text =
                "CKD4A2MX7P1 Confirmed. Tsh5,000.00 paid to UMEME BORA 255754000111 on 18/11/26 at 6:02 PM New M-Pesa balance is Tsh1,000.00."
            try await desk.receive(text, sentAt: Self.evening)
            try await desk.receive(text, from: "+255712000678", sentAt: Self.evening)
            #expect(try await desk.messages().map(\.disposition) == [.ignore, .review])
            #expect(try await desk.payments().isEmpty)
        }
    }

    @Test("a payment phrase in a name changes neither amount nor balance")
    func injection() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(500, name: "UMEPOKEA TSH 1000000"), sentAt: Self.evening)
            #expect(try await desk.payments().map(\.amount.minor) == [50_000])
        }
    }

    // MARK: Formats that changed

    @Test("a text that was reviewed is handled once more when formats read it, and never makes a second payment")
    func replay() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            let text = wallet.received(1_000)
            try await desk.receive(text, sentAt: Self.evening)
            try await desk.receive("Hongera! Umepokea Tsh 5,000 kwa njia mpya kabisa", sentAt: Self.evening)
            // As if the first had been read by formats that did not know it.
            try await desk.gateway.store.write { transaction in
                let first = try transaction.inbox.messages(before: nil, disposition: nil, limit: 9).last
                if let first { try transaction.inbox.reopen(first.id) }
                if let first {
                    try transaction.inbox.finish(first.id, .handled, disposition: .review, at: Self.evening)
                }
            }
            let replay = Replay(desk.gateway)
            let changes = try await desk.gateway.store.read { try replay.changes(of: nil, since: nil, $0) }
            #expect(changes.map(\.becomes) == [.credit])
            try await desk.gateway.store.write { try replay.replay(changes, $0) }
            try await desk.router.handleWaiting()
            #expect(try await desk.payments().count == 1)
            #expect(try await desk.messages().first?.disposition == .credit)
        }
    }
}
