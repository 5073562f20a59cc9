import Domain
import TestSupport
import Testing

@Suite("The way back from a wallet's balance")
struct CheckedBalanceTests {
    private static func notice(
        _ id: Int64, _ balance: Int64, _ change: Int64, at second: Int64, closed: Bool = false
    ) -> WalletNotice {
        WalletNotice(
            id: id, balance: Money(minor: balance), changes: [Money(minor: change)], toldAt: Timestamp(seconds: second),
            isLink: closed)
    }

    private static func way(_ balance: Int64, before: Int64 = 1_000) -> CheckedBalance {
        CheckedBalance(openings: [Money(minor: balance)], before: Timestamp(seconds: before))
    }

    @Test("what came after the last lost text leads to the balance, and no forged text does", arguments: 1...60)
    func lostAndForged(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var balance: Int64 = 1_000_000
        var notices: [WalletNotice] = []
        let lost = Int.random(in: 0..<25, using: &random)
        for index in 0..<25 {
            let change = Int64.random(in: 1...40_000, using: &random)
            balance += change
            guard index != lost else { continue }
            notices.append(Self.notice(Int64(index), balance, change, at: Int64(index * 10)))
        }
        // Forged texts have balances that the wallet never had.
        let forged = (0..<20).map { index in
            let place = Int64.random(in: 0..<250, using: &random)
            return Self.notice(
                Int64(100 + index), 10_000_000 + Int64.random(in: 1...9_000, using: &random), 500, at: place)
        }
        var way = Self.way(balance)
        let found = way.explain((notices + forged).shuffled(using: &random))
        #expect(found.map(\.id) == notices.map(\.id).filter { $0 > lost }.reversed())
        // The lost text arrives late: it and all before it are found.
        let late = Self.notice(99, way.openings.first?.minor ?? 0, 1, at: Int64(lost * 10))
        #expect(lost == 24 || way.explain([late]).map(\.id) == [99])
    }

    @Test("of copies with one balance the known link is found, and without one none is")
    func copies() {
        let true500 = Self.notice(1, 500, 500, at: 10)
        let copy = Self.notice(2, 500, 500, at: 70)
        var way = Self.way(500)
        #expect(way.explain([true500, copy]) == [])
        let closed = Self.notice(1, 500, 500, at: 10, closed: true)
        var known = Self.way(500)
        #expect(known.explain([closed, copy]) == [closed])
        // The same balance twice, with a movement between, is no copy.
        let (between, again) = (Self.notice(3, 0, -500, at: 20), Self.notice(4, 500, 500, at: 30))
        var honest = Self.way(500)
        #expect(honest.explain([true500, between, again]).map(\.id) == [4, 3, 1])
    }

    @Test("a copy far from its original is not found, whichever is a link")
    func distantCopies() {
        // The copy has another id and came after the last text.
        let links = [
            Self.notice(1, 500, 500, at: 10, closed: true), Self.notice(2, 700, 200, at: 20, closed: true),
            Self.notice(3, 900, 200, at: 30, closed: true),
        ]
        let copy = Self.notice(9, 700, 200, at: 40)
        var way = Self.way(900)
        #expect(way.explain(links + [copy]).map(\.id) == [3, 2, 1])
        // The copy is next to the last text, the original is not.
        let near = Self.notice(9, 700, 200, at: 29)
        var known = Self.way(900)
        #expect(known.explain(links + [near]).map(\.id) == [3, 2, 1])
        // Nothing says which of two open ones is true: the way ends before them.
        let open = Self.notice(2, 700, 200, at: 20)
        var doubtful = Self.way(900)
        #expect(doubtful.explain([links[0], open, near, links[2]]).map(\.id) == [3])
    }

    @Test("texts within the same minute are found in the order of their balances")
    func sameMinute() {
        let texts = [
            Self.notice(2, 500, 500, at: 60), Self.notice(1, 700, 200, at: 60), Self.notice(3, 600, -100, at: 0),
        ]
        var way = Self.way(600)
        #expect(way.explain(texts).map(\.id) == [3, 1, 2])
        // Further apart than a minute, the order counts.
        var late = Self.way(600)
        #expect(late.explain([Self.notice(1, 700, 200, at: 121), Self.notice(3, 600, -100, at: 60)]).map(\.id) == [3])
    }

    @Test("a text that came after the balance was stated does not lead to it")
    func later() {
        var way = Self.way(500, before: 60)
        #expect(way.explain([Self.notice(1, 500, 500, at: 61)]) == [])
        #expect(way.explain([Self.notice(1, 500, 500, at: 60)]).count == 1)
        #expect(way.openings == [.zero] && way.before == Timestamp(seconds: 60))
    }

    @Test("a text that only tells the balance moves nothing and is no copy")
    func statement() {
        let (credit, statement) = (Self.notice(1, 500, 100, at: 10), Self.notice(2, 500, 0, at: 11))
        var way = Self.way(500)
        #expect(way.explain([credit, statement]).map(\.id) == [1, 2] && way.openings == [Money(minor: 400)])
    }

    @Test("a wallet is asked once a day, for a waiting payment, for a gap and on order, never in a row")
    func plan() {
        let plan = WalletBalancePlan(
            wallet: WalletKey(provider: "mpesa-tz", modem: "voda"), query: "own/mpesa", every: .seconds(86_400))
        let now = Timestamp(seconds: 1_000_000)
        func due(
            asked: Int64?, answered: Int64? = nil, ordered: Int64? = nil, waits: Int64? = nil, gap: Bool = false
        ) -> Bool {
            var situation = WalletBalancePlan.Situation()
            func ago(_ seconds: Int64?) -> Timestamp? { seconds.map { now.adding(.seconds(-$0)) } }
            situation.asked = ago(asked)
            situation.answered = ago(answered)
            situation.ordered = ago(ordered)
            situation.waitsSince = ago(waits)
            situation.hasGap = gap
            return plan.isDue(situation, at: now)
        }
        #expect(due(asked: nil))
        #expect(!due(asked: 3_600, answered: 3_600))
        #expect(due(asked: 86_400, answered: 86_400))
        // A failure is repeated after half an hour.
        #expect(!due(asked: 1_799, answered: 90_000) && due(asked: 1_800, answered: 90_000))
        #expect(!due(asked: 1_799, answered: 1_799, gap: true) && due(asked: 1_800, answered: 1_800, gap: true))
        #expect(due(asked: 130, answered: 130, waits: 5) && !due(asked: 110, answered: 110, waits: 5))
        #expect(!due(asked: 130, answered: 130, waits: 131))
        #expect(due(asked: 10, answered: 10, ordered: 5) && !due(asked: 10, answered: 10, ordered: 11))
        // A clock that was set back.
        #expect(!due(asked: 10, answered: 10, ordered: -500))
        #expect(due(asked: -50, answered: -50))
    }
}
