import Foundation
import ModemLink
import ModemMessages
import Simulator
import TestSupport
import Testing

@Suite("Sending through libgammu")
struct SendingTests {
    @Test(
        "a text arrives unchanged, without question marks",
        arguments: [
            ("Token: 1234 5678 [x] {y} ~ € ^ |\\ @£$ èéù", false), ("Ваш токен готов", true), ("Tokeni 😀 tayari", true),
            (String(repeating: "a", count: 160), false), (String(repeating: "я", count: 70), true),
        ])
    func texts(text: String, ucs2: Bool) async throws {
        try await LinkUnderTest.run { test in
            guard case .accepted(let reference) = await test.link.send(LinkUnderTest.part(text, ucs2: ucs2)) else {
                Issue.record("the modem did not accept it")
                return
            }
            #expect(reference == 1)
            #expect(test.modem.sent.map(\.submit.text) == [text])
            #expect(test.modem.sent.first?.submit.isUCS2 == ucs2)
        }
    }

    @Test("parts have the given references")
    func concatenation() async throws {
        try await LinkUnderTest.run { test in
            for (reference, isWide) in [(200, false), (0x1234, true)] {
                for number in 1...2 {
                    let place = PartPlace(reference: reference, total: 2, number: number, isWide: isWide)
                    _ = await test.link.send(LinkUnderTest.part("part \(number) of \(reference) ", place: place))
                }
            }
            #expect(
                test.modem.sent.compactMap { $0.submit.concatenation.map { Int($0.reference) } } == [
                    200, 200, 0x1234, 0x1234,
                ])
            #expect(
                test.modem.sentTexts.map(\.text) == ["part 1 of 200 part 2 of 200 ", "part 1 of 4660 part 2 of 4660 "])
        }
    }

    @Test(
        "each network error has its verdict",
        arguments: [
            (1, Verdict.giveUp), (21, .giveUp), (28, .giveUp), (197, .giveUp), (304, .giveUp), (38, .tryAgain),
            (42, .tryAgain),
            (192, .tryAgain), (331, .tryAgain), (500, .modemTrouble), (311, .modemTrouble),
        ])
    func refusals(code: Int, verdict: Verdict) async throws {
        try await LinkUnderTest.run { test in
            test.modem.inject(.refusedSend(code: code))
            guard case .failed(let failure) = await test.link.send(LinkUnderTest.part("x")) else {
                Issue.record("it was accepted")
                return
            }
            #expect(failure.verdict == verdict && failure.code == code)
            #expect(test.modem.sent.isEmpty)
        }
    }

    @Test(
        "a missing answer is an unknown outcome, and the next command's OK is not taken for it",
        arguments: [Fault.sentWithoutAnswer, .lostWithoutAnswer])
    func unanswered(fault: Fault) async throws {
        try await LinkUnderTest.run { test in
            test.modem.inject(fault)
            guard case .failed(let failure) = await test.link.send(LinkUnderTest.part("first")) else {
                Issue.record("an unanswered message was reported as accepted")
                return
            }
            #expect(failure.verdict == .unknown)
            // The link restarts by itself, and the next message has its own reference.
            try await wait(for: "a new start") { test.link.isReady && test.restarts > 0 }
            guard case .accepted(let reference) = await test.link.send(LinkUnderTest.part("second")) else {
                Issue.record("the second message was not accepted")
                return
            }
            #expect(reference == (fault == .sentWithoutAnswer ? 2 : 1))
        }
    }

    @Test("a hanging modem process is killed at its deadline, and a new one continues")
    func frozen() async throws {
        try await LinkUnderTest.run { test in
            let process = try #require(test.link.process)
            kill(process, SIGSTOP)
            guard case .failed(let failure) = await test.link.send(LinkUnderTest.part("first")) else {
                Issue.record("a stopped process sent something")
                return
            }
            // Unknown if this call ended the process, modem trouble if a scan of the stores did.
            #expect(failure.verdict == .unknown || failure.verdict == .modemTrouble)
            try await wait(for: "a new start") { test.link.isReady && test.restarts > 0 }
            #expect(test.modem.sent.isEmpty)
            #expect(test.link.process != process)
            guard case .accepted = await test.link.send(LinkUnderTest.part("second")) else {
                Issue.record("the second message was not accepted")
                return
            }
        }
    }

    @Test("an OK without a reference is an unknown outcome")
    func withoutReference() async throws {
        try await LinkUnderTest.run { test in
            test.modem.inject(.sendWithoutReference)
            guard case .failed(let failure) = await test.link.send(LinkUnderTest.part("x")) else {
                Issue.record("it was reported as accepted")
                return
            }
            #expect(failure.verdict == .unknown)
        }
    }

    @Test("a text that is too long for one message is rejected, not cut")
    func tooLong() async throws {
        try await LinkUnderTest.run { test in
            guard
                case .failed(let failure) = await test.link.send(LinkUnderTest.part(String(repeating: "a", count: 700)))
            else {
                Issue.record("it was accepted")
                return
            }
            #expect(failure.verdict == .giveUp)
            #expect(test.modem.sent.isEmpty)
        }
    }

    @Test("a delivery report has the reference of its message")
    func report() async throws {
        try await LinkUnderTest.run { test in
            guard case .accepted(let reference) = await test.link.send(LinkUnderTest.part("x", report: true)) else {
                Issue.record("it was not accepted")
                return
            }
            try await wait(for: "the report") {
                test.events.contains {
                    if case .deliveryReport(let report) = $0 {
                        report.reference == reference && report.status == 0
                    } else {
                        false
                    }
                }
            }
        }
    }
}
