import Domain
import Foundation
import Gateway
import Store
import TestSupport
import Testing

@Suite("Payment notices over HTTP")
struct NoticeDeskTests {
    private static let phone = DeskUnderTest.phone

    private static func notice(
        _ id: String, _ amount: Int64 = 10_000, receipt: String? = nil, from phone: String? = phone,
        to reference: String? = DeskUnderTest.meter, at time: String? = nil, isProven: Bool = true,
        canRefuse: Bool = true
    ) -> PaymentNotice {
        var notice = PaymentNotice(
            driver: "mixx-tz", wallet: "mpesa-tz", id: id, receipts: [receipt ?? id],
            amount: Money(minor: amount * 100),
            currency: "TZS", isProven: isProven, canRefuse: canRefuse)
        notice.payerPhone = phone.flatMap { PhoneNumber(e164: $0) }
        notice.reference = reference
        notice.time = time.flatMap { WallTime($0) }
        return notice
    }

    private func take(_ notice: PaymentNotice, _ desk: DeskUnderTest) async throws -> NoticeDecision {
        try await NoticeDesk(desk.gateway).take(notice, evidence: "TXNID: \(notice.id)", wantsReport: false)
    }

    /// The SMS of the wallet about a payment for the meter.
    private static func sms(_ id: String, _ amount: Int64 = 10_000) -> String {
        DeskUnderTest.confirmation(
            id, "Tsh\(amount).00", from: String(phone.dropFirst()), account: DeskUnderTest.meter)
    }

    @Test("a proven notice becomes a payment with a token at once, and a repeated one gets the same answer")
    func accepted() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            let first = try await take(Self.notice("BP1"), desk)
            let again = try await take(Self.notice("BP1"), desk)
            #expect(first == .accepted(PaymentID(1)) && again == first)
            #expect(try await desk.payments().map(\.state) == [.completed])
            #expect(try await desk.texts(to: Self.phone).count == 1)
            // Another amount under the same id changes nothing, and is still not refused.
            #expect(try await take(Self.notice("BP1", 20_000), desk) == first)
            #expect(try await desk.payments().map(\.amount) == [Money(minor: 1_000_000)])
            try await desk.expectCleanAudit()
        }
    }

    @Test("what cannot be used is refused where the provider returns the money, and the refusal never changes")
    func refused() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter(minimum: "1000")
            #expect(try await take(Self.notice("A", to: "01450000029"), desk) == .refused(.unknownDevice))
            #expect(try await take(Self.notice("B", 500), desk) == .refused(.tooSmall))
            var foreign = Self.notice("C")
            foreign.currency = "KES"
            #expect(try await take(foreign, desk) == .refused(.otherCurrency))
            #expect(try await NoticeDesk(desk.gateway).look(Self.notice("-", 500)) == .tooSmall)
            #expect(try await NoticeDesk(desk.gateway).look(Self.notice("-", to: "99")) == .unknownDevice)
            #expect(try await NoticeDesk(desk.gateway).look(Self.notice("-")) == nil)
            #expect(try await desk.payments().isEmpty)
            try await desk.registerMeter("01450000029", phone: "+255754000009")
            #expect(try await take(Self.notice("A", to: "01450000029"), desk) == .refused(.unknownDevice))
            #expect(try await desk.payments().isEmpty)
            #expect(try await desk.outbox().isEmpty)
            try await desk.expectCleanAudit()
        }
    }

    @Test("where it cannot be refused, a wrong serial is in suspense and the payer is asked")
    func suspense() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            let notice = Self.notice("A", to: "04123456789", canRefuse: false)
            #expect(try await take(notice, desk) == .accepted(PaymentID(1)))
            #expect(try await desk.payments().map(\.state) == [.suspense])
            #expect(try await desk.texts(to: Self.phone).count == 1)
        }
    }

    @Test(
        "the same money by SMS and over HTTP is one payment, whichever comes first and whatever the ids",
        arguments: [
            ("CKD4A2MX7P1", true), ("CKD4A2MX7P1", false), ("MP261130.1845.A12345", true),
            ("MP261130.1845.A12345", false),
        ])
    func onePayment(id: String, isNoticeFirst: Bool) async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            func notice() async throws { _ = try await take(Self.notice(id), desk) }
            if isNoticeFirst { try await notice() }
            try await desk.receive(Self.sms("CKD4A2MX7P1"))
            if !isNoticeFirst { try await notice() }
            #expect(try await desk.payments().map(\.state) == [.completed])
            #expect(try await desk.texts(to: Self.phone).count == 1)
            try await desk.expectCleanAudit()
        }
    }

    @Test("two equal honest payments stay two, in every order of their four notices", arguments: [true, false])
    func twoPayments(shareIDs: Bool) async throws {
        func orders(_ events: [Int]) -> [[Int]] {
            events.count < 2
                ? [events]
                : events.flatMap { first in
                    orders(events.filter { $0 != first }).map { [first] + $0 }
                }
        }
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            // Each order has its own amount.
            for (number, order) in orders([0, 1, 2, 3]).enumerated() {
                let amount = Int64(10_000 + number)
                let texts = ["CKD4A2M\(number + 10)P1", "CKD4A2M\(number + 10)P2"]
                let notices = shareIDs ? texts : ["MP261130.1845.A\(number + 10)1", "MP261130.1846.A\(number + 10)2"]
                for event in order {
                    if event < 2 {
                        try await desk.receive(Self.sms(texts[event], amount))
                    } else {
                        _ = try await take(Self.notice(notices[event - 2], amount), desk)
                    }
                }
                let payments = try await desk.payments().filter { $0.amount.minor == amount * 100 }
                let used = payments.count { $0.state == .completed }
                #expect(used == 2, "order \(order): \(payments.map(\.state))")
                // Without a common id the second pair can be one of two: it is never credited a third time.
                #expect(payments.allSatisfy { $0.state == .completed || $0.state == .held })
            }
            try await desk.expectCleanAudit()
        }
    }

    @Test("payments of other payers, times and references are not taken for the same")
    func different() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            try await desk.registerMeter("01450000029", phone: "+255712000999")
            try await desk.receive(Self.sms("CKD4A2MX7P1"))
            _ = try await take(Self.notice("MP261130.1845.A12345", from: "+255712000999", to: "01450000029"), desk)
            _ = try await take(Self.notice("MP261130.1845.A12346", to: "01450000029"), desk)
            desk.clock.advance(.seconds(7_200))
            _ = try await take(Self.notice("MP261130.2045.A12347"), desk)
            #expect(try await desk.payments().map(\.state) == Array(repeating: .completed, count: 4))
            try await desk.expectCleanAudit()
        }
    }

    @Test("a notice that only its address proves is credited out of the budget, and an SMS or a proof frees the rest")
    func unproven() async throws {
        try await TrustTests.run { desk in
            #expect(
                try await take(Self.notice("CKD4A2MX7P1", 15_000, isProven: false), desk) == .accepted(PaymentID(1)))
            #expect(
                try await take(Self.notice("CKD4A2MX7P2", 15_000, isProven: false), desk) == .accepted(PaymentID(2)))
            #expect(try await desk.payments().map(\.state) == [.completed, .held])
            // Their SMS close the anchored chain.
            var wallet = WalletNotices(5_000)
            for id in ["CKD4A2MX7P1", "CKD4A2MX7P2"] {
                try await desk.receive(wallet.received(15_000, id: id), sentAt: TrustTests.evening)
            }
            #expect(try await desk.payments().map(\.state) == [.completed, .completed])
        }
    }

    @Test("a proven notice frees a payment that was held only for lack of proof")
    func proof() async throws {
        try await TrustTests.run(holds: nil) { trust in
            trust.unverifiedLimit = .zero
        } _: { desk in
            var wallet = WalletNotices(5_000)
            try await desk.receive(wallet.received(10_000), sentAt: TrustTests.evening)
            let held = try #require(try await desk.payments().first)
            #expect(held.state == .held)
            _ = try await take(
                Self.notice(held.transactionID, from: held.payerPhone?.e164, to: held.reference), desk)
            #expect(try await desk.payments().map(\.state) != [.held])
        }
    }

    // MARK: Contradictions

    @Test("the SMS of a payment that was refused over HTTP is held, because the wallet may return the money")
    func refusedThenSMS() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            #expect(try await take(Self.notice("CKD4A2MX7P1", to: "99"), desk) == .refused(.unknownDevice))
            try await desk.receive(Self.sms("CKD4A2MX7P1"))
            // The reference is another one, but the id is the same.
            #expect(try await desk.payments().map(\.reasons) == [[.refusedNotice]])
            #expect(try await take(Self.notice("MP1", to: "01450000029"), desk) == .refused(.unknownDevice))
            // Another payment of the same amount is not the refused one.
            try await desk.receive(Self.sms("CKD4A2MX7P2"))
            #expect(try await desk.payments().map(\.state) == [.held, .completed])
            try await desk.expectCleanAudit()
        }
    }

    @Test("a proven notice of another amount proves nothing of the payment with its id")
    func otherAmount() async throws {
        try await TrustTests.run(holds: nil) { trust in
            trust.unverifiedLimit = .zero
        } _: { desk in
            var wallet = WalletNotices(5_000)
            try await desk.receive(wallet.received(400_000, id: "CKD4A2MX7P1"), sentAt: TrustTests.evening)
            #expect(try await desk.payments().map(\.state) == [.held])
            let decision = try await take(Self.notice("CKD4A2MX7P1", 10), desk)
            #expect(decision == .accepted(PaymentID(1)))
            #expect(try await desk.payments().map(\.state) == [.held])
        }
    }

    @Test("another copy of an SMS that was paired by what it says is no payment")
    func copies() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            _ = try await take(Self.notice("MP261130.1845.A12345"), desk)
            for _ in 1...3 { try await desk.receive(Self.sms("CKD4A2MX7P1")) }
            #expect(try await desk.payments().map(\.state) == [.completed])
            // The next payment of the same amount, in either order.
            _ = try await take(Self.notice("MP261130.1945.A12399"), desk)
            try await desk.receive(Self.sms("CKD4A2MX7P2"))
            #expect(try await desk.payments().map(\.state) == [.completed, .completed])
            try await desk.expectCleanAudit()
        }
    }

    @Test("a payment that staff rejected takes no other's place")
    func rejected() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            _ = try await take(Self.notice("MP261130.1845.A1", from: nil, to: nil, canRefuse: false), desk)
            try await desk.receive(Self.sms("CKD4A2MX7P1"))
            // Amount and time alone are too little to tell.
            #expect(try await desk.payments().map(\.state) == [.suspense, .held])
            try await desk.order { try $0.reject(PaymentID(2), reason: "seen twice", tells: false, $1) }
            try await desk.receive(Self.sms("CKD4A2MX7P2"))
            #expect(try await desk.payments().map(\.state).last == .held)
        }
    }

    @Test("whoever was refused and pays again is one payment with its SMS, and the refusal takes nobody's place")
    func paysAgain() async throws {
        try await DeskUnderTest.run { desk in
            try await desk.registerMeter()
            #expect(
                try await take(Self.notice("MP261130.1845.A1", to: nil, canRefuse: true), desk)
                    == .accepted(PaymentID(1)))
            #expect(
                try await take(Self.notice("MP261130.1845.A22", 7_000, to: "99"), desk) == .refused(.unknownDevice))
            #expect(try await take(Self.notice("MP261130.1846.A333", 7_000), desk) == .accepted(PaymentID(2)))
            let text = DeskUnderTest.confirmation("CKD4A2MX7P1", "Tsh7000.00", from: String(Self.phone.dropFirst()))
            try await desk.receive(text)
            #expect(try await desk.payments().map(\.state) == [.completed, .completed])
            try await desk.expectCleanAudit()
        }
    }
}
