import Domain
import Foundation
import Gateway
import Messages
import Store
import TestSupport
import Testing

/// What a notice says of itself: its wallet, its time, its SMSC, and the forgeries of each.
extension TrustTests {
    // MARK: Wallets in use

    @Test("notices of a wallet that is not in use are reviewed, reported once a day, and start no chain")
    func unused() async throws {
        try await Self.run(holds: nil, wallets: ["airtel-tz"]) { desk in
            var wallet = WalletNotices(5_000)
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
            var wallet = WalletNotices(5_000)
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
            var wallet = WalletNotices(5_000)
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
            var wallet = WalletNotices(5_000)
            try await desk.receive(wallet.received(1_000), sentAt: Self.evening, centre: "+255754000004")
            // Its balance does not follow, and it came through another SMSC.
            var forged = WalletNotices(70_000)
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
            var wallet = WalletNotices(5_000)
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
            var wallet = WalletNotices(5_000)
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
            var wallet = WalletNotices(5_000)
            try await desk.receive(wallet.received(500, name: "UMEPOKEA TSH 1000000"), sentAt: Self.evening)
            #expect(try await desk.payments().map(\.amount.minor) == [50_000])
        }
    }

    // MARK: Formats that changed

    @Test("a reviewed message is handled again once formats can read it, and never makes a second payment")
    func replay() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
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
