import ModemLink
import ModemMessages
import Simulator
import TestSupport
import Testing

@Suite("Troubles of the field: the line and the SIM")
struct BadLineTests {
    @Test("line noise, and lines that the modem says by itself inside its answers, lose and repeat nothing")
    func noise() async throws {
        for fault in [Fault.chatter, .garbage] {
            try await LinkUnderTest.run { test in
                try await wait(for: "the first scan") { test.link.status != nil }
                test.modem.inject(fault)
                for number in 1...5 {
                    test.modem.deliver(from: "M-PESA", "text \(number)")
                    if case .failed(let failure) = await test.link.send(LinkUnderTest.part("part \(number)")) {
                        // A garbled answer may leave the outcome open, never the wrong one.
                        #expect(failure.verdict == .unknown || failure.verdict == .modemTrouble, "\(failure)")
                    }
                }
                test.modem.heal()
                try await wait(for: "all messages") { test.modem.storedMessages == 0 }
                #expect(Set(test.parts.map(\.text)) == Set((1...5).map { "text \($0)" }))
                let sent = test.modem.sent.map(\.submit.text)
                #expect(Set(sent).count == sent.count)
            }
        }
    }

    @Test("an answer that breaks off is given up, and the modem is opened again")
    func halfAnswer() async throws {
        try await LinkUnderTest.run(callDeadline: .seconds(15)) { test in
            try await wait(for: "the first scan") { test.link.status != nil }
            test.modem.inject(.halfAnswer)
            test.modem.deliver(from: "M-PESA", "after half an answer")
            try await wait(for: "the message") { test.parts.contains { $0.text == "after half an answer" } }
            try await wait(for: "the modem to be ready") { test.link.isReady }
        }
    }

    @Test("a modem that refuses everything until its radio was switched off and on gets that, and the reason says so")
    func stuckRadio() async throws {
        try await LinkUnderTest.run { test in
            try await wait(for: "the first scan") { test.link.status != nil }
            test.modem.inject(.stuckRadio)
            test.link.reset()
            try await wait(for: "the radio to be switched") { test.modem.commands.contains("AT+CFUN=4") }
            try await wait(for: "the modem to be ready again") { test.link.isReady }
            #expect(test.modem.commands.contains("AT+CFUN=1"))
            #expect(await test.link.send(LinkUnderTest.part("after it")).isAccepted)
        }
    }

    @Test("a signal that is not known is no trouble")
    func unknownSignal() async throws {
        try await LinkUnderTest.run { test in
            test.modem.inject(.unknownSignal)
            try await wait(for: "a status without a signal") {
                test.link.status.map { $0.signalPercent == nil } ?? false
            }
            #expect(test.restarts == 0 && test.link.isReady)
        }
    }

    @Test(
        "a SIM that is pulled or wants its PUK is named, and used again when it is back",
        arguments: [
            (Fault.noSIM, "SIM"), (.wantsPUK, "PUK"),
        ])
    func simAway(_ fault: Fault, _ word: String) async throws {
        try await LinkUnderTest.run { test in
            try await wait(for: "the first scan") { test.link.status != nil }
            test.modem.inject(fault)
            test.link.reset()
            try await wait(for: "the reason") { test.link.condition.reason?.contains(word) ?? false }
            test.modem.heal()
            test.modem.deliver(from: "M-PESA", "with the SIM back")
            try await wait(for: "the message") { test.parts.contains { $0.text == "with the SIM back" } }
        }
    }

    @Test("a SIM without an SMSC receives, and a part that cannot be sent names it")
    func noSMSC() async throws {
        try await LinkUnderTest.run { test in
            test.modem.inject(.noSMSC)
            let before = test.link.restarts
            test.link.reset()
            try await wait(for: "another process") { test.link.restarts > before && test.link.isReady }
            test.modem.deliver(from: "M-PESA", "received all the same")
            try await wait(for: "the message") { test.parts.contains { $0.text == "received all the same" } }
            guard case .failed(let failure) = await test.link.send(LinkUnderTest.part("not sent")) else {
                Issue.record("the part was sent")
                return
            }
            #expect(failure.code == 330 && failure.verdict == .tryAgain && failure.reason.contains("SMSC"))
        }
    }

    @Test(
        "each kind of refusal by the network ends one part and not the modem",
        arguments: [
            1, 8, 21, 27, 28, 38, 41, 42, 47, 50, 69, 97, 111, 127, 208, 211, 322, 331, 332, 512, 615,
        ])
    func refusals(code: Int) async throws {
        try await LinkUnderTest.run { test in
            test.modem.inject(.refusedSend(code: code))
            guard case .failed(let failure) = await test.link.send(LinkUnderTest.part("refused")) else {
                Issue.record("the part was sent")
                return
            }
            #expect(failure.code == code && failure.verdict != .unknown)
            // After some codes the modem is opened again.
            try await wait(for: "another part to be sent") {
                await test.link.send(LinkUnderTest.part("accepted")).isAccepted
            }
            #expect(test.modem.sent.map(\.submit.text) == ["accepted"])
        }
    }

    @Test("hundreds of old messages are read, and a part sent meanwhile does not wait for them")
    func oldMessages() async throws {
        var options = SimulatedModem.Options()
        options.places = 250
        try await LinkUnderTest.run(options) { test in
            try await wait(for: "the first scan") { test.link.status != nil }
            test.modem.inject(.silentArrival)
            for number in 0..<250 { test.modem.deliver(from: "+25575400\(1_000 + number)", "old \(number)") }
            test.link.reset()
            try await wait(for: "the scan") { test.parts.count > 20 }
            #expect(await test.link.send(LinkUnderTest.part("meanwhile")).isAccepted)
            #expect(test.modem.storedMessages > 0)
            try await wait(for: "all of them") { test.modem.storedMessages == 0 }
            #expect(Set(test.parts.map(\.text)).count == 250)
        }
    }
}

extension SendOutcome {
    fileprivate var isAccepted: Bool { if case .accepted = self { true } else { false } }
}
