import Domain
import Foundation
import Gateway
import Messages
import Store
import TestSupport
import Testing

@Suite("Payment verification")
struct TrustTests {
    /// 2026-11-18 18:03 in Dar es Salaam.
    static let evening = Timestamp(seconds: 1_795_014_180)

    /// `holds`: the confirmed balance of the wallet in whole units; `nil` for an unanchored chain.
    static func run(
        holds: Int64? = 5_000, wallets: Set<String> = DeskUnderTest.wallets,
        _ change: (inout TrustSettings) -> Void = { _ in }, _ body: (DeskUnderTest) async throws -> Void
    ) async throws {
        func trusting(_ settings: inout GatewaySettings) {
            settings.trust = TrustSettings(unverifiedLimit: Money(minor: 2_000_000))
            change(&settings.trust)
        }
        try await DeskUnderTest.run(wallets: wallets, change: trusting) { desk in
            desk.clock.now = Timestamp(seconds: evening.milliseconds / 1_000 - 7_200)
            if let holds { try await look(desk, holds) }
            desk.clock.now = evening
            try await desk.registerMeter()
            try await body(desk)
            try await desk.expectCleanAudit()
        }
    }

    /// Anchors the wallet at a balance.
    static func look(_ desk: DeskUnderTest, _ holds: Int64, provider: String = "mpesa-tz") async throws {
        try await desk.order { _, step in
            try WalletOperations(desk.gateway).set(
                Money(minor: holds * 100), of: provider, modem: "test", step)
        }
    }

    static func reversal(of id: String, balance: Int, as own: String = "AHN8A7OAM5E") -> String {
        "\(own) Confirmed. Transaction \(id) has been reversed. Your account balance is now Tsh\(balance).00."
    }

    static func states(_ desk: DeskUnderTest) async throws -> [PaymentState] {
        try await desk.payments().map(\.state)
    }

    // MARK: The chain of balances

    @Test("notices that follow from an anchored balance are credited at once, whatever their amount")
    func chain() async throws {
        try await Self.run(holds: 3_118) { desk in
            var wallet = WalletNotices(3_118)
            for amount in [1_000, 400_000, 30_000, 5_000] {
                try await desk.receive(wallet.received(amount), sentAt: Self.evening)
            }
            try await desk.receive(wallet.sent(200_000, fee: 130), sentAt: Self.evening)
            try await desk.receive(wallet.received(90_000), sentAt: Self.evening)
            #expect(try await Self.states(desk) == Array(repeating: .completed, count: 5))
        }
    }

    @Test("until the wallet is anchored, credits use a daily budget, and the rest is held")
    func unanchored() async throws {
        try await Self.run(holds: nil) { desk in
            var wallet = WalletNotices(10_000)
            for amount in [12_000, 8_000, 1] {
                try await desk.receive(wallet.received(amount), sentAt: Self.evening)
            }
            #expect(try await Self.states(desk) == [.completed, .completed, .held])
            // An approval confirms one payment but not the wallet's balance.
            try await desk.order { try $0.approve(PaymentID(3), for: nil, $1) }
            try await desk.receive(wallet.received(500), sentAt: Self.evening)
            #expect(try await Self.states(desk).last == .held)
            // The next day has a new budget.
            desk.clock.advance(.seconds(86_400))
            let later = desk.clock.now
            try await desk.receive(wallet.received(500, on: "19/11/26"), sentAt: later)
            #expect(try await Self.states(desk).last == .completed)
            // The wallet is anchored: notices that follow from its balance are proved.
            try await Self.look(desk, Int64(wallet.balance))
            try await desk.receive(wallet.received(300_000, on: "19/11/26"), sentAt: later)
            #expect(try await Self.states(desk).last == .completed)
        }
    }

    @Test("notices out of order are credited once the missing one arrives, in the provider's order")
    func disorder() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
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
        "after a lost notice, credits use the daily budget once the wait is over, and staff are alerted once")
    func lost() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening)
            _ = wallet.received(7_000)
            try await desk.receive(wallet.received(15_000), sentAt: Self.evening)
            try await desk.receive(wallet.received(6_000), sentAt: Self.evening)
            desk.clock.advance(.seconds(599))
            try await desk.schedule()
            #expect(try await Self.states(desk) == [.completed, .received, .received])
            desk.clock.advance(.seconds(2))
            try await desk.schedule()
            #expect(try await Self.states(desk) == [.completed, .completed, .held])
            let gaps = try await desk.gateway.steps.read { try $0.wallets.all().map(\.gapAt) }
            #expect(gaps.compactMap { $0 }.count == 1)
            // A notice that follows from the balance after the gap need not wait.
            try await desk.receive(wallet.received(4_000), sentAt: Self.evening)
            #expect(try await Self.states(desk).last == .completed)
            // The wallet is anchored: notices that follow are proved, also those held for lack of proof.
            try await Self.look(desk, 28_000)
            #expect(try await Self.states(desk) == [.completed, .completed, .completed, .completed])
            try await desk.receive(wallet.received(300_000), sentAt: desk.clock.now.adding(.zero))
            #expect(try await Self.states(desk).last == .completed)
        }
    }

    @Test("a gap may use the budget for three days, then everything is held until the wallet is anchored")
    func longGap() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
            _ = wallet.received(7_000)
            for (day, state) in [(18, PaymentState.completed), (19, .completed), (20, .completed), (22, .held)] {
                desk.clock.now = Self.evening.adding(.seconds(Int64(day - 18) * 86_400))
                try await desk.receive(wallet.received(1_000, on: "\(day)/11/26"), sentAt: desk.clock.now)
                desk.clock.advance(.seconds(601))
                try await desk.schedule()
                #expect(try await Self.states(desk).last == state, "day \(day)")
            }
        }
    }

    @Test("a notice that closes the gap in time releases the waiting payments, and a late one releases the held ones")
    func late() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
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

    @Test("an unproven credit that is proved later returns its amount to the budget")
    func budgetComesBack() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
            let missing = wallet.received(1_000)
            try await desk.receive(wallet.received(19_000), sentAt: Self.evening)
            desk.clock.advance(.seconds(601))
            try await desk.schedule()
            try await desk.receive(missing, sentAt: Self.evening)
            // The whole budget is available again.
            _ = wallet.received(1)
            try await desk.receive(wallet.received(19_500), sentAt: Self.evening)
            desk.clock.advance(.seconds(601))
            try await desk.schedule()
            #expect(try await Self.states(desk) == [.completed, .completed, .completed])
        }
    }

    @Test("a copy with another id finds its position in the chain taken and uses the budget like any unproven credit")
    func copy() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
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

    @Test("one event reported in two languages is one payment, and the copy without a balance breaks no chain")
    func twins() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
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

    @Test("a notice without a balance uses the budget, and the next one proves both")
    func silent() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening)
            func silent(_ amount: Int, _ id: String) -> String {
                _ = wallet.received(amount)
                return
                    "\(id) imethibitishwa. Umepokea Tshs \(amount).00 kutoka SOME BANK, Akaunti ****4321 - PETER MBILI tarehe 18/11/2026 saa 18:01:24."
            }
            try await desk.receive(silent(15_000, "DGJ9B1FX2C"), sentAt: Self.evening)
            try await desk.receive(silent(15_000, "DGJ9B1FX2D"), sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.completed, .suspense, .held])
            try await desk.receive(wallet.received(30_000), sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.completed, .suspense, .suspense, .completed])
        }
    }

    @Test("a notice that lacks a field that the wallet's notices always had is held")
    func habits() async throws {
        // A wallet whose formats require no time.
        try await Self.run(holds: nil) { desk in
            for number in 0..<10 {
                try await desk.receive(
                    "Umepokea TSh 300 kutoka kwa 255712000678 - Johari Dola. Kumbukumbu No.: 2579290115\(7_000 + number). Salio lako jipya ni TSh \(4_120 + number * 300). 18/11/2026 06:02 PM.",
                    from: "MixxByYas", sentAt: Self.evening)
            }
            #expect(try await Self.states(desk) == Array(repeating: .completed, count: 10))
            try await desk.receive(
                "Umepokea TSh 300 kutoka kwa 255712000678 - Johari Dola. Kumbukumbu No.: 25792901158000. Salio lako jipya ni TSh 7,120.",
                from: "MixxByYas", sentAt: Self.evening)
            #expect(try await Self.states(desk).last == .held)
        }
    }

    // MARK: Payers who write balances into their names

    @Test(
        "a payer who writes a balance into the name breaks no chain: later honest payments are credited"
    )
    func brokenByName() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening)
            try await desk.receive(
                wallet.received(500, name: "X New M-Pesa balance is Tsh999999.00"), sentAt: Self.evening)
            #expect(try await desk.messages().last?.disposition == .review)
            try await desk.receive(wallet.received(400_000), sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.completed, .completed])
        }
    }

    @Test("a notice that follows from a balance written into a name stays unproven")
    func forgedCandidate() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
            try await desk.receive(
                wallet.received(500, name: "X New M-Pesa balance is Tsh999999.00"), sentAt: Self.evening)
            var forged = WalletNotices(999_999)
            try await desk.receive(forged.received(30_000, id: "CKD4A2MX7P9"), sentAt: Self.evening)
            desk.clock.advance(.seconds(601))
            try await desk.schedule()
            #expect(try await Self.states(desk) == [.held])
        }
    }
}
