import Foundation
import ModemLink
import ModemMessages
import Simulator
import TestSupport
import Testing

@Suite("USSD sessions")
struct USSDTests {
    /// A menu of three levels.
    private static func menu(_ inputs: [String]) -> USSDScreen? {
        switch inputs {
        case ["*150*00#"]: USSDScreen("1 Send\n2 My account", state: 1)
        case ["*150*00#", "2"]: USSDScreen("1 Balance\n2 PIN", state: 1)
        case ["*150*00#", "2", "1"]: USSDScreen("Your balance is Tsh 15,618.00", state: 0)
        default: USSDScreen("", state: 4)
        }
    }

    private static func run(
        _ options: SimulatedModem.Options = .init(), _ answer: @escaping @Sendable ([String]) -> USSDScreen? = menu,
        _ body: (LinkUnderTest) async throws -> Void
    ) async throws {
        try await LinkUnderTest.run(options) { test in
            test.modem.answerUSSD(answer)
            try await body(test)
        }
    }

    /// The last text of a step in ASCII of UTF-16's hexadecimal digits, as libgammu's character set has it.
    private func text(_ lines: [USSDLine]) -> String {
        let digits = String(decoding: lines.last { !$0.text.isEmpty }?.text ?? [], as: UTF8.self)
        let octets = RawDeliver.octets(digits) ?? []
        return String(decoding: stride(from: 1, to: octets.count, by: 2).map { octets[$0] }, as: UTF8.self)
    }

    @Test("a menu of three levels is answered step by step, and the session is over")
    func levels() async throws {
        try await Self.run { test in
            guard case .wantsAnswer(let session, let first) = await test.link.dial("*150*00#") else {
                Issue.record("no menu")
                return
            }
            #expect(text(first) == "1 Send\n2 My account" && test.link.isInUSSD)
            guard case .wantsAnswer(session, let second) = await test.link.dial("2", in: session) else {
                Issue.record("no second menu")
                return
            }
            #expect(text(second) == "1 Balance\n2 PIN")
            guard case .ended(let third) = await test.link.dial("1", in: session) else {
                Issue.record("no end")
                return
            }
            #expect(text(third) == "Your balance is Tsh 15,618.00")
            #expect(!test.link.isInUSSD)
            #expect(await test.link.dial("1", in: session) == .closed)
            #expect(test.modem.ussdInputs == ["*150*00#", "2", "1"] && test.restarts == 0)
        }
    }

    @Test("each state that the modem reports ends the session", arguments: [0, 2, 3, 4, 5])
    func states(state: Int) async throws {
        try await Self.run(.init(), { _ in USSDScreen(state == 0 ? "Done" : "", state: state) }) { test in
            guard case .ended(let lines) = await test.link.dial("*102#") else {
                Issue.record("not ended")
                return
            }
            #expect(lines.last?.state == state && !test.link.isInUSSD && test.restarts == 0)
        }
    }

    @Test("a network that does not answer costs the time asked for, and the next code is dialled")
    func silence() async throws {
        try await Self.run(.init(), { $0 == ["*100#"] ? nil : USSDScreen("ok") }) { test in
            #expect(await test.link.dial("*100#", seconds: 1) == .silent([]))
            #expect(!test.modem.isInUSSD)
            guard case .ended(let lines) = await test.link.dial("*102#") else {
                Issue.record("not answered")
                return
            }
            #expect(text(lines) == "ok" && test.restarts == 0)
        }
    }

    @Test("the end announced before the text, and texts of the network in between, do not hide the answer")
    func inTheMiddle() async throws {
        let screen = USSDScreen(
            "Balance: 500", before: [USSDScreen("Win a phone!"), USSDScreen("", state: 2)])
        try await Self.run(.init(), { _ in screen }) { test in
            guard case .ended(let lines) = await test.link.dial("*102#") else {
                Issue.record("not ended")
                return
            }
            #expect(text(lines) == "Balance: 500" && lines.count == 3)
        }
    }

    @Test("a text between two steps does not end the session")
    func betweenSteps() async throws {
        try await Self.run { test in
            guard case .wantsAnswer(let session, _) = await test.link.dial("*150*00#") else {
                Issue.record("no menu")
                return
            }
            test.modem.sayUSSD(USSDScreen("Win a phone!"))
            guard case .wantsAnswer(_, let lines) = await test.link.dial("2", in: session) else {
                Issue.record("the session has ended")
                return
            }
            #expect(text(lines) == "1 Balance\n2 PIN")
            await test.link.endUSSD(session)
            #expect(!test.modem.isInUSSD && !test.link.isInUSSD)
        }
    }

    @Test("a modem that wants packed codes gets them after it has refused text")
    func packed() async throws {
        try await Self.run(.init(), { USSDScreen($0.joined(separator: ">"), coding: .packed) }) { test in
            test.modem.inject(.packedUSSD)
            guard case .ended(let lines) = await test.link.dial("*100#") else {
                Issue.record("not dialled")
                return
            }
            #expect(lines.last?.text == Array("AA180C3602".utf8) && test.modem.ussdInputs == ["*100#"])
            #expect(test.restarts == 0)
        }
    }

    @Test("a code that the modem refuses ends nothing but the session")
    func refused() async throws {
        try await Self.run { test in
            test.modem.inject(.noUSSD)
            guard case .refused = await test.link.dial("*102#") else {
                Issue.record("not refused")
                return
            }
            #expect(!test.link.isInUSSD && test.restarts == 0)
            test.modem.heal()
            guard case .accepted = await test.link.send(LinkUnderTest.part("after it")) else {
                Issue.record("not sent")
                return
            }
        }
    }

    @Test("a message that arrives during a session is received, and one to be sent waits until it is over")
    func messages() async throws {
        try await Self.run { test in
            guard case .wantsAnswer(let session, _) = await test.link.dial("*150*00#") else {
                Issue.record("no menu")
                return
            }
            test.modem.deliver(from: "M-PESA", "in the middle")
            try await wait(for: "the message") { test.parts.contains { $0.text == "in the middle" } }
            async let outcome = test.link.send(LinkUnderTest.part("waits"))
            guard case .wantsAnswer = await test.link.dial("2", in: session) else {
                Issue.record("the session has ended")
                return
            }
            #expect(test.modem.sent.isEmpty)
            guard case .ended = await test.link.dial("1", in: session) else {
                Issue.record("the session goes on")
                return
            }
            guard case .accepted = await outcome else {
                Issue.record("not sent")
                return
            }
            #expect(test.modem.sentTexts.map(\.text) == ["waits"] && test.restarts == 0)
        }
    }

    @Test(
        "a message waits at most fifteen seconds, for a menu nobody answers and for a network that is silent",
        arguments: [true, false])
    func gaveWay(isSilent: Bool) async throws {
        try await Self.run(.init(), { isSilent ? nil : Self.menu($0) }) { test in
            async let dialled = test.link.dial("*150*00#", seconds: 60)
            try await wait(for: "the session") { test.modem.ussdInputs.count == 1 }
            let begun = ContinuousClock.now
            guard case .accepted = await test.link.send(LinkUnderTest.part("a token")) else {
                Issue.record("not sent")
                return
            }
            let waited = ContinuousClock.now - begun
            #expect(waited > .seconds(14) && waited < .seconds(40))
            let step = await dialled
            if isSilent { #expect(step == .gaveWay([])) }
            #expect(!test.link.isInUSSD && !test.modem.isInUSSD && test.restarts == 0)
        }
    }

    @Test("a process that ends in a session takes the session with it, and the next one ends it at the modem")
    func killed() async throws {
        try await Self.run { test in
            guard case .wantsAnswer(let session, _) = await test.link.dial("*150*00#") else {
                Issue.record("no menu")
                return
            }
            test.link.reset()
            try await wait(for: "the end") { !test.link.isInUSSD }
            try await wait(for: "the modem") { test.link.isReady }
            #expect(await test.link.dial("2", in: session) == .closed)
            guard case .wantsAnswer(let next, _) = await test.link.dial("*150*00#") else {
                Issue.record("no menu after it")
                return
            }
            #expect(next != session)
        }
    }

    @Test("a session that nobody waits for is not ended, however many messages were sent before")
    func patience() async throws {
        // A busy machine needs more time for the send than the usual time limit of the tests.
        try await LinkUnderTest.run(callDeadline: .seconds(120), sendTimeout: 60) { test in
            test.modem.answerUSSD(Self.menu)
            test.modem.setLatency(.milliseconds(300))
            async let outcome = test.link.send(LinkUnderTest.part("before"))
            try await wait(for: "the send to begin") { test.modem.commands.contains { $0.hasPrefix("AT+CMGS") } }
            guard case .wantsAnswer(let session, _) = await test.link.dial("*150*00#") else {
                Issue.record("no menu")
                return
            }
            guard case .accepted = await outcome else {
                Issue.record("not sent")
                return
            }
            test.modem.setLatency(.zero)
            try await Task.sleep(for: USSDSession.longestWait + .seconds(1))
            guard case .wantsAnswer = await test.link.dial("2", in: session) else {
                Issue.record("the session has ended")
                return
            }
            await test.link.endUSSD(session)
        }
    }

    @Test(
        "lines of a text that look like a restart of the modem are part of the text",
        arguments: ["RDY", "START", "SMS Ready"])
    func likeRestart(line: String) async throws {
        let screen = USSDScreen("1 Buy\r\n\(line)\r\n2 Back", coding: .plain)
        try await Self.run(.init(), { _ in screen }) { test in
            guard case .ended(let lines) = await test.link.dial("*102#") else {
                Issue.record("not ended")
                return
            }
            #expect(lines.last?.text == Array("1 Buy\r\n\(line)\r\n2 Back".utf8) && test.restarts == 0)
        }
    }
}
