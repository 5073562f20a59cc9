import Domain
import Gateway
import Store
import TestSupport
import Testing

@Suite("Balances that wallets state by USSD")
struct BalanceCheckTests {
    private static let key = WalletKey(provider: "mpesa-tz", modem: "test")
    private static var evening: Timestamp { TrustTests.evening }

    /// With a wallet that can be asked, whose budget for unproven credits is 20,000.
    private static func run(holds: Int64? = 5_000, _ body: (DeskUnderTest) async throws -> Void) async throws {
        try await DeskUnderTest.run(change: { settings in
            settings.trust = TrustSettings(unverifiedLimit: Money(minor: 2_000_000))
            settings.walletBalances = [
                WalletBalancePlan(wallet: Self.key, query: "own/mpesa", every: .seconds(86_400))
            ]
        }) { desk in
            desk.clock.now = Timestamp(seconds: evening.milliseconds / 1_000 - 7_200)
            if let holds { try await TrustTests.look(desk, holds) }
            desk.clock.now = evening
            try await desk.registerMeter()
            try await body(desk)
            try await desk.expectCleanAudit()
        }
    }

    /// The wallet states a balance, or nothing.
    private static func answer(_ desk: DeskUnderTest, _ balance: Int?) async throws {
        let now = desk.clock.now
        let answer: WalletCheck.Answer =
            balance.map { .balance(Money(minor: Int64($0) * 100)) } ?? .failure("the network did not answer")
        let check = WalletCheck(wallet: key, askedAt: now, answeredAt: now.adding(.seconds(20)), answer: answer)
        try await desk.gateway.steps.perform { try BalanceChecks(desk.gateway).take(check, $0) }
    }

    private static func waitOver(_ desk: DeskUnderTest) async throws {
        desk.clock.advance(.seconds(601))
        try await desk.schedule()
    }

    private static func states(_ desk: DeskUnderTest) async throws -> [PaymentState] {
        try await desk.payments().map(\.state)
    }

    @Test("after a lost text the wallet is asked; what leads to its balance is released at once, beyond the budget too")
    func heals() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
            _ = wallet.received(7_000)
            try await desk.receive(wallet.received(15_000), sentAt: Self.evening)
            try await desk.receive(wallet.received(300_000), sentAt: Self.evening)
            try await Self.waitOver(desk)
            // They wait on for the wallet's answer.
            #expect(try await Self.states(desk) == [.received, .received])
            try await Self.answer(desk, wallet.balance)
            #expect(try await Self.states(desk) == [.completed, .completed])
            let gaps = try await desk.gateway.steps.read { try $0.wallets.all().compactMap(\.gapAt) }
            #expect(gaps.isEmpty)
            try await desk.receive(wallet.received(400_000, at: "6:15 PM"), sentAt: desk.clock.now)
            #expect(try await Self.states(desk).last == .completed)
        }
    }

    @Test("what the balance contradicts is held with both figures, and released if a late text explains it")
    func contradicts() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
            _ = wallet.received(7_000)
            try await desk.receive(wallet.received(2_000), sentAt: Self.evening)
            let late = wallet.received(1_500)
            var forger = WalletNotices(900_000)
            try await desk.receive(forger.received(3_000, id: "CKD4A2MX999"), sentAt: Self.evening)
            try await Self.waitOver(desk)
            try await Self.answer(desk, wallet.balance)
            #expect(try await Self.states(desk) == [.held, .held])
            let held = try await desk.payments()
            #expect(
                held.map(\.reasons) == [
                    [.notInBalance(wallet: Money(minor: 1_550_000), text: Money(minor: 1_400_000))],
                    [.notInBalance(wallet: Money(minor: 1_550_000), text: Money(minor: 90_300_000))],
                ])
            #expect(try desk.reasons(held[0]).contains("15,500"))
            try await desk.receive(late, sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.completed, .held, .completed])
        }
    }

    @Test("a forged text is held although the budget would cover it, and the honest chain goes on")
    func forgery() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
            var forger = WalletNotices(400_000)
            try await desk.receive(forger.received(3_000, id: "CKD4A2MX999"), sentAt: Self.evening)
            try await Self.waitOver(desk)
            try await Self.answer(desk, wallet.balance)
            #expect(try await Self.states(desk) == [.held])
            try await desk.receive(wallet.received(90_000, at: "6:14 PM"), sentAt: desk.clock.now)
            #expect(try await Self.states(desk) == [.held, .completed])
        }
    }

    @Test("without an answer the budget decides, at once after a failure and after five minutes of silence")
    func noAnswer() async throws {
        for fails in [true, false] {
            try await Self.run { desk in
                var wallet = WalletNotices(5_000)
                _ = wallet.received(7_000)
                try await desk.receive(wallet.received(15_000), sentAt: Self.evening)
                try await Self.waitOver(desk)
                #expect(try await Self.states(desk) == [.received])
                if fails { try await Self.answer(desk, nil) }
                desk.clock.advance(.seconds(fails ? 31 : 299))
                try await desk.schedule()
                #expect(try await Self.states(desk) == [.completed])
                // The wallet's answer comes later, and returns the amount to the budget.
                try await Self.answer(desk, wallet.balance)
                let spent = try await desk.gateway.steps.read {
                    try $0.walletUse.spent(of: "mpesa-tz", on: $0.today)
                }
                #expect(spent == .zero)
            }
        }
    }

    @Test("a balance anchors a chain that nobody confirmed, and proves the credits that led to it")
    func anchors() async throws {
        try await Self.run(holds: nil) { desk in
            var wallet = WalletNotices(10_000)
            for amount in [12_000, 8_000, 50_000] {
                try await desk.receive(wallet.received(amount), sentAt: Self.evening)
            }
            #expect(try await Self.states(desk) == [.completed, .completed, .held])
            desk.clock.advance(.seconds(120))
            try await Self.answer(desk, wallet.balance)
            #expect(try await Self.states(desk) == [.completed, .completed, .completed])
            try await desk.receive(wallet.received(200_000, at: "6:06 PM"), sentAt: desk.clock.now)
            #expect(try await Self.states(desk).last == .completed)
        }
    }

    @Test("a text that arrives while the wallet is asked keeps its place in the chain")
    func duringTheSession() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
            let before = wallet.balance
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening)
            // The wallet answered before it got the money; its answer is read after the text.
            try await Self.answer(desk, before)
            try await desk.receive(wallet.received(70_000), sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.completed, .completed])
        }
    }

    @Test("two balances prove the credits between whose texts state none, if their sum is the difference")
    func silentCredits() async throws {
        for isForged in [false, true] {
            try await Self.run(holds: nil) { desk in
                func silent(_ amount: Int, _ id: String) -> String {
                    "\(id) imethibitishwa. Umepokea Tshs \(amount).00 kutoka SOME BANK, Akaunti ****4321 - PETER MBILI tarehe 18/11/2026 saa 18:06:24."
                }
                try await Self.answer(desk, 5_000)
                desk.clock.advance(.seconds(300))
                try await desk.receive(silent(15_000, "DGJ9B1FX2C"), sentAt: desk.clock.now)
                try await desk.receive(silent(16_000, "DGJ9B1FX2D"), sentAt: desk.clock.now)
                #expect(try await Self.states(desk) == [.suspense, .held])
                desk.clock.advance(.seconds(7_200))
                try await Self.answer(desk, isForged ? 20_000 : 36_000)
                #expect(try await Self.states(desk) == (isForged ? [.suspense, .held] : [.suspense, .suspense]))
            }
        }
    }

    @Test("a wallet whose PIN is locked is not waited for")
    func locked() async throws {
        try await Self.run { desk in
            try await desk.gateway.steps.perform {
                try $0.walletPINs.set(.init(salt: [1], hash: [2]), WalletPINUse(isLocked: true), of: Self.key)
            }
            var wallet = WalletNotices(5_000)
            _ = wallet.received(7_000)
            try await desk.receive(wallet.received(15_000), sentAt: Self.evening)
            try await Self.waitOver(desk)
            #expect(try await Self.states(desk) == [.completed])
        }
    }

    @Test("of two texts with one balance the balance proves neither, if the first was credited without proof")
    func unprovenTwin() async throws {
        try await Self.run(holds: nil) { desk in
            var wallet = WalletNotices(10_000)
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening)
            // Which of these moved the money?
            var other = wallet
            try await desk.receive(wallet.received(12_000), sentAt: Self.evening)
            try await desk.receive(other.received(12_000, id: "CKD4A2MX999"), sentAt: Self.evening)
            desk.clock.advance(.seconds(700))
            try await desk.schedule()
            try await Self.answer(desk, wallet.balance)
            #expect(try await Self.states(desk) == [.completed, .completed, .held])
            let unproven = try await desk.gateway.steps.read { step in
                try (1...2).map { try step.walletUse.isUnproven(PaymentID($0)) }
            }
            #expect(unproven == [true, true])
        }
    }

    @Test("a text that staff rejected is no link, and its SMSC stays unknown")
    func rejected() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
            var forger = wallet
            _ = wallet.received(7_000)
            // It does not follow from the known balance, and is held.
            _ = forger.received(90_000)
            try await desk.receive(
                forger.received(3_000, id: "CKD4A2MX999"), sentAt: Self.evening, centre: "+255700000666")
            try await Self.waitOver(desk)
            try await Self.answer(desk, wallet.balance)
            #expect(try await Self.states(desk) == [.held])
            try await desk.order { try $0.reject(PaymentID(1), reason: "forged", tells: false, $1) }
            try await Self.answer(desk, wallet.balance)
            let smscs = try await desk.gateway.steps.read { try $0.walletSMSCs.smscs(of: "mpesa-tz").filter(\.isKnown) }
            #expect(!smscs.contains { $0.number == "255700000666" })
            let notices = try await desk.gateway.steps.read {
                try $0.walletNotices.notices(Self.key, since: Self.evening.adding(.seconds(-3_600)))
            }
            #expect(notices.map(\.isLink) == [false])
        }
    }

    @Test("a late copy of a proved text is not proved")
    func lateCopy() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
            let lost = wallet.received(7_000)
            let known = wallet.received(2_000)
            try await desk.receive(known, sentAt: Self.evening)
            try await Self.waitOver(desk)
            try await Self.answer(desk, wallet.balance)
            #expect(try await Self.states(desk) == [.completed])
            try await desk.receive(lost, sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.completed, .completed])
            try await desk.receive(known.replacing("CKD4A2MX102", with: "CKD4A2MX999"), sentAt: Self.evening)
            try await desk.receive(lost.replacing("CKD4A2MX101", with: "CKD4A2MX998"), sentAt: Self.evening)
            try await Self.waitOver(desk)
            try await Self.answer(desk, wallet.balance)
            #expect(try await Self.states(desk) == [.completed, .completed, .held, .held])
        }
    }

    @Test("of many failures the last answer is kept")
    func retention() async throws {
        try await Self.run { desk in
            try await Self.answer(desk, 5_000)
            for _ in 0..<510 { try await Self.answer(desk, nil) }
            let (answered, last) = try await desk.gateway.steps.read {
                (try $0.walletChecks.answered(of: Self.key, limit: 10), try $0.walletChecks.last(of: Self.key))
            }
            #expect(answered.count == 1 && last?.balance == nil)
        }
    }

    @Test("staff are told of a credit without proof that the balance does not include")
    func creditedWithoutProof() async throws {
        try await Self.run { desk in
            var forger = WalletNotices(400_000)
            try await desk.receive(forger.received(3_000), sentAt: Self.evening)
            desk.clock.advance(.seconds(601))
            try await desk.schedule()
            try await Self.answer(desk, nil)
            desk.clock.advance(.seconds(31))
            try await desk.schedule()
            #expect(try await Self.states(desk) == [.completed])
            desk.clock.advance(.seconds(7_200))
            try await Self.answer(desk, 5_000)
            let texts = try await desk.gateway.steps.read {
                try $0.alerts.waiting().filter { $0.kind == .wallet }.map { "\($0)" }
            }
            #expect(texts.contains { $0.contains("credited without proof") }, "\(texts)")
        }
    }

    @Test("a copy is not proved when the wallet comes to the balance before its original again")
    func returned() async throws {
        for isStaff in [false, true] {
            try await Self.run { desk in
                var wallet = WalletNotices(5_000)
                let text = wallet.received(2_000)
                try await desk.receive(text, sentAt: Self.evening)
                try await desk.receive(text.replacing("CKD4A2MX101", with: "CKD4A2MX999"), sentAt: Self.evening)
                #expect(try await Self.states(desk) == [.completed, .received])
                // A payment out of the wallet, whose text is lost.
                desk.clock.advance(.seconds(300))
                if isStaff { try await TrustTests.look(desk, 5_000) } else { try await Self.answer(desk, 5_000) }
                #expect(try await Self.states(desk) == [.completed, .received])
                try await desk.receive(wallet.sent(2_000, fee: 0, at: "6:08 PM"), sentAt: desk.clock.now)
                #expect(try await Self.states(desk) == [.completed, .received])
            }
        }
    }
}
