import ModemMessages
import Testing

@testable import ModemLink

@Suite("Supervision of modem processes")
struct SupervisionTests {
    private static let trouble = ModemFailure(verdict: .modemTrouble, reason: "the modem does not answer")

    @Test("delays double up to half a minute, and are reset after a modem that worked")
    func backOff() {
        var supervision = ModemSupervision()
        func pause(after uptime: Duration) -> Duration {
            supervision.ended(Self.trouble, after: uptime, jitter: 1).pause
        }
        let pauses = (0..<9).map { _ in pause(after: .seconds(1)) }
        #expect(
            pauses == [200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000].map { Duration.milliseconds($0) })
        #expect(pause(after: .seconds(30)) == .seconds(30))
        #expect(pause(after: .seconds(31)) == .milliseconds(200))
    }

    @Test("jitter changes a delay by at most a fifth", arguments: [0.8, 1.0, 1.2])
    func jitter(factor: Double) {
        var supervision = ModemSupervision()
        #expect(
            supervision.ended(nil, after: .zero, jitter: factor).pause == Duration.milliseconds(200) * factor)
    }

    @Test("a locked SIM needs an operator and is looked at every half minute; a missing port every second")
    func locked() {
        for kind in ModemFailure.Kind.allCases {
            var supervision = ModemSupervision()
            for _ in 0..<9 { _ = supervision.ended(Self.trouble, after: .seconds(1), jitter: 1) }
            var failure = Self.trouble
            failure.kind = kind
            let decision = supervision.ended(failure, after: .seconds(1), jitter: 1)
            switch kind {
            case .pinNeeded, .wrongPIN:
                #expect(decision.condition == .needsOperator(reason: failure.description))
                #expect(decision.pause == .seconds(30))
            case .noSIM:
                #expect(decision.condition.state == .needsOperator && decision.pause == .seconds(5))
            case .noPort:
                #expect(decision.condition == .down(reason: failure.description))
                #expect(decision.pause == .seconds(1))
                let next = supervision.ended(Self.trouble, after: .seconds(1), jitter: 1)
                #expect(next.pause == .milliseconds(200), "a modem that is plugged in again is a new start")
            case .other:
                #expect(decision.condition.reason?.hasPrefix(failure.description) == true)
                #expect(decision.pause == .seconds(30))
            }
        }
    }

    @Test("a repeated failure is not news; another one is, and so is the same one after the modem worked")
    func news() {
        var supervision = ModemSupervision()
        let other = ModemFailure(verdict: .modemTrouble, reason: "the port is not there")
        #expect(supervision.ended(Self.trouble, after: .zero, jitter: 1).isNews)
        #expect(!supervision.ended(Self.trouble, after: .zero, jitter: 1).isNews)
        #expect(supervision.ended(other, after: .zero, jitter: 1).isNews)
        supervision.becameReady()
        #expect(supervision.ended(other, after: .zero, jitter: 1).isNews)
    }

    @Test(
        "a modem that keeps failing is opened again, then its radio is switched, then it is restarted, and each is said"
    )
    func escalation() {
        var supervision = ModemSupervision()
        let decisions = (0..<12).map { _ in supervision.ended(Self.trouble, after: .seconds(40), jitter: 1) }
        #expect(decisions.map(\.restart) == [nil, nil, .radio, nil, nil, .modem, nil, nil, .radio, nil, nil, .modem])
        // Only a new step is news, however long it goes on.
        #expect(decisions.map(\.isNews) == [true, false, true, false, false, true] + Array(repeating: false, count: 6))
        #expect(decisions[2].condition.reason?.contains("radio") == true)
        #expect(decisions[5].condition.reason?.contains("restarted") == true)
        // A modem that worked for a while, or whose port was gone, begins anew.
        #expect(
            supervision.ended(Self.trouble, after: .seconds(601), jitter: 1).condition.reason
                == Self.trouble.description)
        for _ in 0..<4 { _ = supervision.ended(Self.trouble, after: .seconds(1), jitter: 1) }
        let gone = ModemFailure(verdict: .modemTrouble, reason: "no port", kind: .noPort)
        #expect(supervision.ended(gone, after: .seconds(1), jitter: 1).restart == nil)
        for _ in 0..<2 { #expect(supervision.ended(Self.trouble, after: .seconds(1), jitter: 1).restart == nil) }
        #expect(supervision.ended(Self.trouble, after: .seconds(1), jitter: 1).restart == .radio)
        // A locked SIM is nothing that a restart mends; it would only ask for the PIN again.
        let locked = ModemFailure(verdict: .modemTrouble, reason: "PIN", kind: .pinNeeded)
        for _ in 0..<9 { #expect(supervision.ended(locked, after: .seconds(1), jitter: 1).restart == nil) }
    }
}
