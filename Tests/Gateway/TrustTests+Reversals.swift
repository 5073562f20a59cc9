import Domain
import Foundation
import Gateway
import Messages
import Store
import TestSupport
import Testing

/// Reversals pass the same checks as credits.
extension TrustTests {
    @Test("a reversal proved by the chain reverses its payment; an unproven one is held for staff")
    func reversals() async throws {
        try await Self.run { desk in
            var wallet = WalletNotices(5_000)
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
            var wallet = WalletNotices(5_000)
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
            var wallet = WalletNotices(5_000)
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
            var wallet = WalletNotices(5_000)
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
            var wallet = WalletNotices(5_000)
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
}
