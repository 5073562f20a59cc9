import Domain
import TestSupport
import Testing

@Suite("The chain of a wallet's balances")
struct WalletChainTests {
    /// A consistent history of a wallet: notices with their changes, in the provider's order.
    private static func history(_ count: Int, from start: Int64, _ random: inout SeededGenerator) -> [WalletNotice] {
        var balance = start
        return (0..<count).map { index in
            let isSent = balance > 500_000 && Int.random(in: 0...3, using: &random) == 0
            let amount = Int64.random(in: 1...400_000, using: &random)
            let fee = isSent ? Int64.random(in: 0...9, using: &random) : 0
            balance += isSent ? -amount - fee : amount
            let changes = isSent ? [-amount, -amount - fee] : [amount, amount - fee]
            return WalletNotice(
                id: Int64(index + 1), balance: Money(minor: balance), changes: changes.map(Money.init(minor:)),
                toldAt: Timestamp(seconds: Int64(index)))
        }
    }

    @Test("notices in any order are all taken once, and the balance is that of the last one", arguments: 1...40)
    func anyOrder(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let history = Self.history(30, from: 10_000, &random)
        var chain = WalletChain(balance: Money(minor: 10_000))
        var open: [WalletNotice] = []
        var taken: [Int64] = []
        for notice in history.shuffled(using: &random) {
            open.append(notice)
            let now = chain.take(open)
            open.removeAll { notice in now.contains { $0.id == notice.id } }
            taken += now.map(\.id)
        }
        #expect(taken.sorted() == history.map(\.id) && Set(taken).count == taken.count)
        #expect(chain.balance == history.last?.balance)
    }

    @Test("a notice that does not follow from a balance is never taken, whatever its position", arguments: 1...40)
    func forgery(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let history = Self.history(20, from: 10_000, &random)
        // The wallet never held this much.
        let forged = WalletNotice(
            id: 99, balance: Money(minor: 900_000), changes: [Money(minor: 500)], toldAt: Timestamp(seconds: 7))
        var chain = WalletChain(balance: Money(minor: 10_000))
        let taken = chain.take((history + [forged]).shuffled(using: &random))
        #expect(taken.count == history.count && !taken.contains(forged))
    }

    @Test("a copy of a taken notice is not taken")
    func copy() {
        let first = WalletNotice(
            id: 1, balance: Money(minor: 150), changes: [Money(minor: 50)], toldAt: Timestamp(seconds: 1))
        let copy = WalletNotice(
            id: 2, balance: Money(minor: 150), changes: [Money(minor: 50)], toldAt: Timestamp(seconds: 1))
        var chain = WalletChain(balance: Money(minor: 100))
        #expect(chain.take([copy, first]) == [first])
        #expect(chain.take([copy]) == [])
    }

    @Test("a notice without a balance is taken together with the next one that has a balance")
    func silent() {
        let silent = WalletNotice(id: 1, balance: nil, changes: [Money(minor: 30)], toldAt: Timestamp(seconds: 1))
        let next = WalletNotice(
            id: 2, balance: Money(minor: 180), changes: [Money(minor: 50)], toldAt: Timestamp(seconds: 2))
        var chain = WalletChain(balance: Money(minor: 100))
        #expect(chain.take([silent]) == [])
        #expect(chain.take([next]) == [])
        #expect(chain.take([next, silent]) == [silent, next])
        #expect(chain.balance == Money(minor: 180))
    }

    @Test("of two open texts that claim the same movement for different payments neither is taken, whatever they print")
    func twins() {
        func text(_ id: Int64, at second: Int64, isLink: Bool = false) -> WalletNotice {
            WalletNotice(
                id: id, balance: Money(minor: 150), changes: [Money(minor: 50)], toldAt: Timestamp(seconds: second),
                isLink: isLink, payment: PaymentID(id))
        }
        var chain = WalletChain(balance: Money(minor: 100))
        #expect(chain.take([text(1, at: 10), text(2, at: 5)]) == [])
        #expect(chain.take([text(1, at: 10, isLink: true), text(2, at: 5)]).map(\.id) == [1])
    }

    @Test("texts without a balance are proved all together or not at all")
    func silentForgeries() {
        func silent(_ id: Int64, _ change: Int64, at second: Int64) -> WalletNotice {
            WalletNotice(id: id, balance: nil, changes: [Money(minor: change)], toldAt: Timestamp(seconds: second))
        }
        let next = WalletNotice(
            id: 9, balance: Money(minor: 180), changes: [Money(minor: 50)], toldAt: Timestamp(seconds: 200))
        // A forged text that prints an earlier time does not take the place of the true one.
        var swapped = WalletChain(balance: Money(minor: 100))
        #expect(swapped.take([silent(1, 30, at: 100), silent(2, 30, at: 40), next]) == [next])
        #expect(swapped.balance == Money(minor: 180))
        // A forged credit and a forged reversal that cancel each other.
        var cancelled = WalletChain(balance: Money(minor: 100))
        #expect(
            cancelled.take([silent(1, 500, at: 10), silent(2, -500, at: 20), silent(3, 30, at: 30), next]) == [next])
        var honest = WalletChain(balance: Money(minor: 100))
        #expect(honest.take([silent(1, 10, at: 10), silent(2, 20, at: 20), next]).map(\.id) == [1, 2, 9])
    }
}
