import Domain
import TestSupport
import Testing

@Suite("The use of a wallet's PIN")
struct WalletPINUseTests {
    private static func use(_ outcomes: [WalletPINUse.Outcome?]) -> WalletPINUse {
        var use = WalletPINUse()
        for outcome in outcomes where use.mayBeGiven {
            use.give()
            // `nil`: a crash came before anything was known.
            if let outcome { use.end(outcome) }
        }
        return use
    }

    @Test("a refusal locks at once; silences and crashes lock after two; what the wallet accepted starts anew")
    func outcomes() {
        #expect(!Self.use([.refused]).mayBeGiven && Self.use([.refused]).isLocked)
        #expect(Self.use([.unknown]).mayBeGiven)
        #expect(Self.use([.unknown, .unknown]).isLocked)
        #expect(!Self.use([nil, nil]).mayBeGiven)
        #expect(!Self.use([nil, .unknown]).mayBeGiven)
        #expect(Self.use([.unknown, .accepted, .unknown]).mayBeGiven)
        #expect(Self.use([.unknown, .notTaken, .notTaken, .notTaken]).mayBeGiven)
        #expect(Self.use([.unknown, .notTaken, .unknown]).isLocked)
    }

    @Test("an order of staff and a new PIN give one more try, unless the earlier one was accepted")
    func forgiven() {
        for doubtful in [Self.use([.refused]), Self.use([.unknown, .unknown]), Self.use([nil]), Self.use([nil, nil])] {
            var again = doubtful.forgiven
            #expect(again.mayBeGiven)
            again.give()
            #expect(!again.mayBeGiven)
        }
        #expect(Self.use([.accepted]).forgiven == WalletPINUse())
    }

    @Test("whatever happens, the wallet gets the PIN at most twice without accepting it", arguments: 1...200)
    func never(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var use = WalletPINUse()
        var reached = 0
        for _ in 0..<30 where use.mayBeGiven {
            use.give()
            let outcome: WalletPINUse.Outcome? =
                [.accepted, .notTaken, .unknown, .refused, nil].randomElement(using: &random) ?? nil
            reached = outcome == .accepted ? 0 : reached + (outcome == .notTaken ? 0 : 1)
            if let outcome { use.end(outcome) }
            #expect(reached <= 2 && use.timesGiven >= reached)
        }
    }
}
