import Domain
import ModemMessages
import Testing

@testable import Gateway

@Suite("Retries after a part was not accepted")
struct RetryPlanTests {
    private func step(
        _ verdict: Verdict, _ messageClass: MessageClass = .token, attempts: Int = 0, doubts: Int = 0,
        code: Int? = nil, other: Bool = false, away: Bool = false
    ) -> RetryPlan.Decision {
        RetryPlan.decision(
            after: ModemFailure(verdict: verdict, reason: "x", code: code), of: messageClass,
            RetryPlan.Past(attempts: attempts, doubts: doubts, hasAlternative: other, hasOther: other || away),
            jitter: 1)
    }

    @Test("a bad number fails at once, network trouble backs off, modem trouble does not count as an attempt")
    func verdicts() {
        #expect(step(.giveUp) == .fail)
        #expect(step(.tryAgain) == .again(after: .seconds(15), countsAttempt: true))
        #expect(step(.tryAgain, attempts: 3) == .again(after: .seconds(120), countsAttempt: true))
        #expect(step(.tryAgain, attempts: 60) == .again(after: .seconds(3_600), countsAttempt: true))
        #expect(step(.modemTrouble, attempts: 60) == .again(after: .seconds(1), countsAttempt: false))
    }

    @Test("a message that the modem keeps failing at is given up and does not block the others")
    func poison() {
        #expect(step(.modemTrouble, code: 500) == .again(after: .seconds(5), countsAttempt: true))
        #expect(step(.modemTrouble, attempts: 6, code: 500) == .fail)
    }

    @Test("a refusal is final only if no other modem can be asked", arguments: [1, 8, 10, 21, 50, 69, 196])
    func refusals(code: Int) {
        #expect(step(.giveUp, code: code) == .fail)
        #expect(step(.giveUp, code: code, other: true) == .elsewhere)
    }

    @Test("a refusal waits for another modem that is away, for a quarter of an hour")
    func away() {
        #expect(step(.giveUp, code: 50, away: true) == .elsewhereLater(after: .seconds(15)))
        let pauses = (0..<16).map { attempts -> Duration in
            guard case .elsewhereLater(let pause) = step(.giveUp, attempts: attempts, code: 50, away: true) else {
                return .zero
            }
            return pause
        }
        #expect(pauses.allSatisfy { $0 > .zero } && pauses.reduce(.zero, +) == .seconds(885))
        // What the other modem can send once it is back leaves within a minute.
        #expect(pauses.allSatisfy { $0 <= .seconds(60) })
        #expect(step(.giveUp, attempts: 16, code: 50, away: true) == .fail)
    }

    @Test("a message that a modem calls malformed is tried once more, for the line may have been noisy")
    func noise() {
        for code in [304, 305, 514, 520, 538, 549, 554] {
            #expect(step(.giveUp, code: code) == .again(after: .seconds(2), countsAttempt: true))
            #expect(step(.giveUp, attempts: 1, code: code) == .fail)
            #expect(step(.giveUp, attempts: 1, code: code, other: true) == .elsewhere)
        }
    }

    @Test("what one modem cannot send now, another sends at once")
    func alternatives() {
        #expect(step(.tryAgain, other: true) == .elsewhere)
        #expect(step(.modemTrouble, code: 500, other: true) == .elsewhere)
        #expect(step(.unknown, other: true) == .elsewhere)
        #expect(step(.unknown, .broadcast, other: true) == .giveUpAsUnknown)
    }

    @Test("a doubtful token is sent once more; a doubtful broadcast never")
    func doubtful() {
        #expect(step(.unknown, attempts: 9) == .again(after: .seconds(1), countsAttempt: true))
        #expect(step(.unknown, doubts: 1) == .giveUpAsUnknown)
        #expect(step(.unknown, doubts: 1, other: true) == .giveUpAsUnknown)
        #expect(step(.unknown, .broadcast) == .giveUpAsUnknown)
        #expect(step(.unknown, .reminder) == .giveUpAsUnknown)
    }
}
