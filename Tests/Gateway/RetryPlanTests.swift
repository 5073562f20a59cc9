import Domain
import ModemMessages
import Testing

@testable import Gateway

@Suite("Retries after a part was not accepted")
struct RetryPlanTests {
    private func step(_ verdict: Verdict, _ messageClass: MessageClass = .token, attempts: Int = 0, code: Int? = nil)
        -> RetryPlan.Decision
    {
        RetryPlan.decision(
            after: ModemFailure(verdict: verdict, reason: "x", code: code), of: messageClass, attempts: attempts,
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

    @Test("a doubtful token is sent again, a limited number of times; a doubtful broadcast never")
    func doubtful() {
        #expect(step(.unknown) == .again(after: .seconds(1), countsAttempt: true))
        #expect(step(.unknown, attempts: 5) == .giveUpAsUnknown)
        #expect(step(.unknown, .broadcast) == .giveUpAsUnknown)
        #expect(step(.unknown, .reminder) == .giveUpAsUnknown)
    }
}
