import Foundation
import ModemLink
import ModemMessages
import Simulator
import TestSupport
import Testing

@Suite("Troubles of modems in the field")
struct FieldTroubleTests {
    @Test(
        "a modem that restarts behind an open port is asked for indications again, at once if it says that it started",
        arguments: ["^SYSSTART", "SMS Ready", "RDY", "+QIND: SMS DONE", ""])
    func reboot(chatter: String) async throws {
        try await LinkUnderTest.run { test in
            test.modem.deliver(from: "M-PESA", "before")
            try await wait(for: "the first message") { test.parts.contains { $0.text == "before" } }
            // A restart in the middle of a command is another test's.
            var (commands, since) = (0, ContinuousClock.now)
            try await wait(for: "the link to rest") {
                let count = test.modem.commands.count
                if count != commands { (commands, since) = (count, .now) }
                return test.modem.storedMessages == 0 && ContinuousClock.now - since > .seconds(1)
            }
            test.modem.reboot(saying: chatter)
            test.modem.deliver(from: "M-PESA", "not indicated")
            let begun = ContinuousClock.now
            try await wait(for: "the message") { test.parts.contains { $0.text == "not indicated" } }
            let asked = test.modem.commands.count { $0.hasPrefix("AT+CNMI=2") }
            #expect(asked >= 2 && test.restarts == 0)
            // A poll comes every twenty seconds; the restart must have been noticed before.
            if !chatter.isEmpty { #expect(ContinuousClock.now - begun < .seconds(15)) }
            try await wait(for: "the SIM to be empty") { test.modem.storedMessages == 0 }
            let again = ContinuousClock.now
            test.modem.deliver(from: "M-PESA", "indicated")
            try await wait(for: "the indicated message") { test.parts.contains { $0.text == "indicated" } }
            #expect(ContinuousClock.now - again < .seconds(8))
        }
    }

    @Test("a modem that restarts while it is being asked is opened again at once")
    func rebootInACall() async throws {
        try await LinkUnderTest.run { test in
            try await wait(for: "the first scan") { test.link.status != nil }
            test.modem.inject(.noPrompt)
            async let outcome = test.link.send(LinkUnderTest.part("lost with the restart"))
            try await wait(for: "the command") { test.modem.commands.last?.hasPrefix("AT+CMGS") ?? false }
            let begun = ContinuousClock.now
            test.modem.reboot(saying: "^SYSSTART")
            guard case .failed(let failure) = await outcome else {
                Issue.record("the part was not sent")
                return
            }
            #expect(failure.verdict == .unknown && ContinuousClock.now - begun < .seconds(10))
            try await wait(for: "the modem to be ready again") { test.link.isReady }
        }
    }

    @Test("delivery reports kept in SR are read and deleted, also those from before the start")
    func storedReports() async throws {
        var options = SimulatedModem.Options()
        options.reportPlaces = 5
        try await LinkUnderTest.run(options) { test in
            for number in 1...8 {
                let outcome = await test.link.send(LinkUnderTest.part("text \(number)", report: true))
                guard case .accepted = outcome else {
                    Issue.record("\(outcome)")
                    return
                }
                try await wait(for: "report \(number)") {
                    Set(
                        test.events.compactMap {
                            if case .deliveryReport(let report) = $0 { report.reference } else { nil }
                        }
                    )
                    .count == number
                }
            }
            try await wait(for: "SR to be empty") { test.modem.storedReports == 0 }
        }
    }

    @Test("a report that ends the process is set aside, and everything else continues")
    func deadlyReport() async throws {
        var options = SimulatedModem.Options()
        options.reportPlaces = 5
        try await LinkUnderTest.run(options) { test in
            test.modem.inject(.muteReport(1))
            _ = await test.link.send(LinkUnderTest.part("text", report: true))
            try await wait(for: "the location to be known as unreadable") {
                test.events.contains { if case .unreadable(let location) = $0 { location == 200_001 } else { false } }
            }
            let restarts = test.restarts
            for number in 1...3 {
                try await wait(for: "send \(number)") {
                    if case .accepted = await test.link.send(LinkUnderTest.part("Token: \(number)")) {
                        true
                    } else {
                        false
                    }
                }
                test.modem.deliver(from: "M-PESA", "behind it \(number)")
                try await wait(for: "the message") { test.parts.contains { $0.text == "behind it \(number)" } }
            }
            #expect(restarts >= 1 && test.restarts == restarts)
        }
    }

    @Test("a lost registration is in the status, and its return")
    func registration() async throws {
        try await LinkUnderTest.run { test in
            try await wait(for: "the status") { test.link.status?.isRegistered == true }
            test.modem.inject(.unregistered)
            try await wait(for: "the loss") { test.link.status?.isRegistered == false }
            test.modem.heal()
            try await wait(for: "the return") { test.link.status?.isRegistered == true }
            #expect(test.restarts == 0)
        }
    }

    @Test("a modem that stops answering while nothing happens is noticed within ten seconds")
    func hang() async throws {
        try await LinkUnderTest.run { test in
            try await wait(for: "the first scan") { test.link.status != nil }
            test.modem.inject(.deaf)
            let begun = ContinuousClock.now
            try await wait(for: "the link to notice") { !test.link.isReady }
            // Four seconds until it is asked, five for the answer; the rest is for a busy machine.
            #expect(ContinuousClock.now - begun < .seconds(14))
            test.modem.heal()
            try await wait(for: "the modem to be ready again") { test.link.isReady }
        }
    }

    @Test("a port that is back is used within seconds, however long it was gone")
    func portBack() async throws {
        try await LinkUnderTest.run { test in
            test.modem.unplug()
            // Long enough for a growing pause to be noticed.
            try await wait(for: "some looks for the port") { test.restarts >= 6 }
            try test.modem.plugIn()
            let begun = ContinuousClock.now
            try await wait(for: "the modem to be ready again") { test.link.isReady }
            #expect(ContinuousClock.now - begun < .seconds(8))
        }
    }
}
