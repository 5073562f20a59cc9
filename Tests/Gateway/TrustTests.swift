import Domain
import Foundation
import Gateway
import Messages
import Store
import TestSupport
import Testing

/// Notices of one wallet whose balances follow from each other, as M-Pesa Tanzania writes them.
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

@Suite("Payment verification")
struct TrustTests {
    /// 2026-11-18 18:03 in Dar es Salaam.
    private static let evening = Timestamp(seconds: 1_795_014_180)

    /// `holds`: the confirmed balance of the wallet in whole units; `nil` for an unanchored chain.
    private static func run(
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
    private static func look(_ desk: DeskUnderTest, _ holds: Int64, provider: String = "mpesa-tz") async throws {
        try await desk.order { _, step in
            try WalletOperations(desk.gateway).set(
                Money(minor: holds * 100), of: provider, modem: "test", step)
        }
    }

    private static func reversal(of id: String, balance: Int, as own: String = "AHN8A7OAM5E") -> String {
        "\(own) Confirmed. Transaction \(id) has been reversed. Your account balance is now Tsh\(balance).00."
    }

    private static func states(_ desk: DeskUnderTest) async throws -> [PaymentState] {
        try await desk.payments().map(\.state)
    }

    // MARK: The chain of balances

    @Test("notices that follow from an anchored balance are credited at once, whatever their amount")
    func chain() async throws {
        try await Self.run(holds: 3_118) { desk in
            var wallet = Wallet(3_118)
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
            var wallet = Wallet(10_000)
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
        "after a lost notice, credits use the daily budget once the wait is over, and staff are alerted once")
    func lost() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
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
            var wallet = Wallet(5_000)
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

    @Test("an unproven credit that is proved later returns its amount to the budget")
    func budgetComesBack() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
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

    @Test("one event reported in two languages is one payment, and the copy without a balance breaks no chain")
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

    @Test("a notice without a balance uses the budget, and the next one proves both")
    func silent() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
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
            var wallet = Wallet(5_000)
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
            var wallet = Wallet(5_000)
            try await desk.receive(
                wallet.received(500, name: "X New M-Pesa balance is Tsh999999.00"), sentAt: Self.evening)
            var forged = Wallet(999_999)
            try await desk.receive(forged.received(30_000, id: "CKD4A2MX7P9"), sentAt: Self.evening)
            desk.clock.advance(.seconds(601))
            try await desk.schedule()
            #expect(try await Self.states(desk) == [.held])
        }
    }

    // MARK: Reversals

    @Test("a reversal proved by the chain reverses its payment; an unproven one is held for staff")
    func reversals() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000, id: "CKD4A2MX7P1"), sentAt: Self.evening)
            try await desk.receive(wallet.received(2_000, id: "CKD4A2MX7P2"), sentAt: Self.evening)
            try await desk.receive(Self.reversal(of: "CKD4A2MX7P1", balance: 99_000), sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.completed, .completed])
            #expect(try await desk.messages().last?.disposition == .review)
            #expect(try await desk.tickets().count { $0.subject.contains("reversal of payment 1 is held") } == 1)
            try await desk.receive(
                Self.reversal(of: "CKD4A2MX7P2", balance: 6_000, as: "AHN8A7OAM5F"), sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.completed, .reversed])
        }
    }

    @Test("a reversal that is proved later is carried out, and its ticket is closed")
    func lateReversal() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000, id: "CKD4A2MX7P1"), sentAt: Self.evening)
            let missing = wallet.received(9_000)
            try await desk.receive(
                Self.reversal(of: "CKD4A2MX7P1", balance: wallet.balance - 1_000), sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.completed])
            try await desk.receive(missing, sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.reversed, .completed])
            #expect(
                try await desk.tickets().filter { $0.subject.contains("is held") }.allSatisfy { $0.status == .closed })
        }
    }

    @Test("a partial reversal that is proved later is still left to staff")
    func latePartialReversal() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000, id: "CKD4A2MX7P1"), sentAt: Self.evening)
            let missing = wallet.received(9_000)
            try await desk.receive(
                Self.reversal(of: "CKD4A2MX7P1", balance: wallet.balance - 300)
                    .replacing("7P1 has", with: "7P1 of Tsh300.00 has"), sentAt: Self.evening)
            try await desk.receive(missing, sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.completed, .completed])
            #expect(try await desk.tickets().count { $0.subject.contains("another amount") && $0.status == .open } == 1)
        }
    }

    @Test("an unproven reversal of a waiting payment holds it, and the payer is not told")
    func reversedWhileWaiting() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening)
            _ = wallet.received(9_000)
            try await desk.receive(wallet.received(2_000, id: "CKD4A2MX7P1"), sentAt: Self.evening)
            let told = try await desk.outbox().count
            try await desk.receive(
                Self.reversal(of: "CKD4A2MX7P1", balance: wallet.balance - 2_000), sentAt: Self.evening)
            desk.clock.advance(.seconds(601))
            try await desk.schedule()
            #expect(try await Self.states(desk) == [.completed, .held])
            #expect(try await desk.outbox().count == told)
        }
    }

    @Test("a reversal that precedes its payment waits thirty days for it, then becomes a ticket")
    func earlyReversal() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            let payment = wallet.received(1_000, id: "CKD4A2MX7P1")
            try await desk.receive(Self.reversal(of: "CKD4A2MX7P1", balance: 9_000), sentAt: Self.evening)
            try await desk.receive(
                Self.reversal(of: "CKD4A2MX7P5", balance: 9_000, as: "AHN8A7OAM5F"), sentAt: Self.evening)
            try await desk.receive(payment, sentAt: Self.evening)
            // Nothing proved the reversal, so staff decide.
            #expect(try await Self.states(desk) == [.held])
            for day in 1...31 {
                desk.clock.now = Self.evening.adding(.seconds(Int64(day) * 86_400))
                try await desk.schedule()
            }
            #expect(try await desk.tickets().count { $0.subject.contains("CKD4A2MX7P5, which never arrived") } == 1)
        }
    }

    // MARK: Wallets in use

    @Test("notices of a wallet that is not in use are reviewed, reported once a day, and start no chain")
    func unused() async throws {
        try await Self.run(holds: nil, wallets: ["airtel-tz"]) { desk in
            var wallet = Wallet(5_000)
            for _ in 0..<3 { try await desk.receive(wallet.received(1_000), sentAt: Self.evening) }
            #expect(try await desk.messages().map(\.disposition) == [.review, .review, .review])
            #expect(try await desk.payments().isEmpty)
            let (alerts, wallets) = try await desk.gateway.steps.read {
                (try $0.alerts.waiting().filter { $0.kind == .wallet }, try $0.wallets.all())
            }
            #expect(alerts.count == 1 && !wallets.contains { $0.key.provider == "mpesa-tz" })
            // Once the wallet is switched on, its notices count, and earlier ones can be read again.
            try await desk.gateway.steps.perform {
                try WalletOperations(desk.gateway).use("mpesa-tz", budget: nil, uid: nil, $0)
            }
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening)
            #expect(try await Self.states(desk) == [.completed])
            let replay = Replay(desk.gateway)
            let changes = try await desk.gateway.steps.read { try replay.changes(of: nil, since: nil, $0) }
            #expect(changes.map(\.becomes) == [.credit, .credit, .credit])
        }
    }

    @Test("staff are alerted daily to an unanchored wallet and to a company without a wallet")
    func reminders() async throws {
        func early(_ settings: inout GatewaySettings) { settings.digestMinute = 0 }
        try await DeskUnderTest.run(wallets: [], change: early) { desk in
            _ = try await desk.register(.staff, "Asha", "+255754000900")
            for _ in 0..<3 {
                try await desk.schedule()
                desk.clock.advance(.seconds(86_400))
            }
            #expect(try await desk.texts(to: "+255754000900").count { $0.contains("No wallet is in use") } == 3)
            let told = try await desk.gateway.steps.read { try WalletWatch(desk.gateway).concerns($0) }
            #expect(told.count == 1 && told[0].contains("No wallet is in use"))
        }
    }

    // MARK: Time, amount, ceiling

    @Test(
        "a notice whose time is far from its SMS is held",
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
            if isHeld { #expect(try desk.reasons(payment).contains("it tells of")) }
        }
    }

    @Test("an id with the date of another day is held")
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

    @Test("a check that is turned off is not made")
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

    // MARK: SMSCs

    @Test("an SMSC becomes known by a notice that closes an anchored chain, or by staff, and not by an approval")
    func learntCentres() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening, centre: "+255754000004")
            // Its balance does not follow, and it came through another SMSC.
            var forged = Wallet(70_000)
            try await desk.receive(
                forged.received(1_000, id: "CKD4A2MX7P7"), sentAt: Self.evening, centre: "+255713000900")
            desk.clock.advance(.seconds(601))
            try await desk.schedule()
            var payments = try await desk.payments()
            #expect(payments.map(\.state) == [.completed, .held])
            #expect(try desk.reasons(payments[1]).contains("SMSC"))
            try await desk.order { try $0.approve(PaymentID(2), for: nil, $1) }
            try await desk.receive(
                forged.received(1_000, id: "CKD4A2MX7P8"), sentAt: Self.evening, centre: "+255713000900")
            desk.clock.advance(.seconds(601))
            try await desk.schedule()
            payments = try await desk.payments()
            #expect(payments.map(\.state) == [.completed, .completed, .held])
            // The chain closes with a notice that came through a third SMSC.
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening, centre: "255754000005")
            let known = try await desk.gateway.steps.read { try $0.walletSMSCs.smscs(of: "mpesa-tz") }
            #expect(known.filter(\.isKnown).map(\.number) == ["255754000004", "255754000005"])
            try await desk.order { _, step in
                let orders = WalletOperations(desk.gateway)
                try orders.trust(true, "+255713000900", of: "mpesa-tz", step)
                #expect(try orders.texts(through: "+255713000900", of: "mpesa-tz", step).count == 2)
            }
        }
    }

    @Test("a notice or reversal from an SMSC that is not listed is quarantined, and nobody is told why")
    func listedCentres() async throws {
        func listing(_ trust: inout TrustSettings) { trust.smscs = .listed(["mpesa-tz": ["+255754000004"]]) }
        try await Self.run(listing) { desk in
            var wallet = Wallet(5_000)
            try await desk.receive(wallet.received(1_000, id: "CKD4A2MX7P1"), sentAt: Self.evening)
            let told = try await desk.outbox().count
            try await desk.receive(wallet.received(9_000), sentAt: Self.evening, centre: "+255713000900")
            try await desk.receive(
                Self.reversal(of: "CKD4A2MX7P1", balance: 5_000), sentAt: Self.evening, centre: "+255713000900")
            #expect(try await Self.states(desk) == [.completed])
            #expect(try await desk.messages().map(\.disposition) == [.credit, .quarantine, .quarantine])
            #expect(try await desk.outbox().count == told)
        }
    }

    // MARK: Forgeries

    @Test(
        "no forgery is credited, and its sender gets no answer",
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

    @Test("the payer's own notice of a payment proves nothing, whoever sends it")
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

    @Test("a reviewed message is handled again once formats can read it, and never makes a second payment")
    func replay() async throws {
        try await Self.run { desk in
            var wallet = Wallet(5_000)
            let text = wallet.received(1_000)
            try await desk.receive(text, sentAt: Self.evening)
            try await desk.receive("Hongera! Umepokea Tsh 5,000 kwa njia mpya kabisa", sentAt: Self.evening)
            // As if the first had been read by formats that did not know it.
            try await desk.gateway.steps.perform { step in
                let first = try step.inbox.messages(before: nil, disposition: nil, limit: 9).last
                if let first { try step.inbox.reopen(first.id) }
                if let first {
                    try step.inbox.finish(first.id, .handled, disposition: .review, at: Self.evening)
                }
            }
            let replay = Replay(desk.gateway)
            let changes = try await desk.gateway.steps.read { try replay.changes(of: nil, since: nil, $0) }
            #expect(changes.map(\.becomes) == [.credit])
            try await desk.gateway.steps.perform { try replay.replay(changes, $0) }
            try await desk.router.handleWaiting()
            #expect(try await desk.payments().count == 1)
            #expect(try await desk.messages().first?.disposition == .credit)
        }
    }
}
