import Foundation
import ModemLink
import ModemMessages
import Simulator
import TestSupport
import Testing

@Suite("Receiving through libgammu")
struct ReceivingTests {
    @Test("a message that is indicated, and one that waited on the SIM, come in and are deleted")
    func both() async throws {
        try await LinkUnderTest.run(waitsForReady: false) { test in
            test.modem.deliver(from: "M-PESA", "waited €[]", at: Date(timeIntervalSince1970: 1_780_000_000))
            try await wait(for: "the one that waited") { test.parts.contains { $0.text.hasPrefix("waited") } }
            test.modem.deliver(from: "+255712000678", "Привет 😀")
            try await wait(for: "the indicated one") { test.parts.contains { $0.coding == .ucs2 } }
            let (waited, told) = (try #require(test.parts.first), try #require(test.parts.last))
            #expect([waited.text, told.text] == ["waited €[]", "Привет 😀"])
            #expect([waited.originator, told.originator] == ["M-PESA", "+255712000678"])
            #expect(waited.smsc == "+255754000004" && waited.sentAt == 1_780_000_000)
            try await wait(for: "the SIM to be empty") { test.modem.storedMessages == 0 }
        }
    }

    @Test(
        "a name with spaces and marks keeps them, for trust depends on it",
        arguments: ["M-PESA", "M-PESA ", "Selcom Pesa", "MixxByYas"])
    func originators(name: String) async throws {
        try await LinkUnderTest.run { test in
            test.modem.deliver(from: name, "x")
            // Told by its indication and by the look through the stores, it may come in twice; the inbox knows it again.
            try await wait(for: "the message") { !test.parts.isEmpty }
            #expect(test.parts[0].originator == name)
        }
    }

    @Test("a message without an indication is found when the stores are looked through")
    func silent() async throws {
        try await LinkUnderTest.run { test in
            test.modem.inject(.silentArrival)
            test.modem.deliver(from: "M-PESA", "silent")
            // The process starts anew and reads everything.
            test.modem.unplug()
            try await wait(for: "the link to notice") { !test.link.isReady }
            try test.modem.plugIn()
            try await wait(for: "the message") { test.parts.contains { $0.text == "silent" } }
        }
    }

    @Test("a vanished port ends the process at once, and does not spin")
    func vanished() async throws {
        try await LinkUnderTest.run { test in
            test.modem.unplug()
            try await wait(for: "the link to notice", atMost: .seconds(15)) { !test.link.isReady }
            if case .down(let reason) = test.link.condition {
                #expect(!reason.isEmpty)
            } else {
                Issue.record("the link is \(test.link.condition)")
            }
        }
    }

    @Test("a wrong PIN is given once and never again")
    func wrongPIN() async throws {
        var options = SimulatedModem.Options()
        options.pin = "1234"
        try await LinkUnderTest.run(options, pin: "9999", waitsForReady: false) { test in
            try await wait(for: "the refusal") {
                if case .needsOperator = test.link.condition { true } else { false }
            }
            let restarts = test.restarts
            // Long enough for several new starts, had there been any.
            try await Task.sleep(for: .seconds(2))
            #expect(test.restarts == restarts)
            #expect(test.modem.commands.filter { $0.hasPrefix("AT+CPIN=") }.count == 1)
        }
    }

    @Test("the right PIN opens the SIM")
    func rightPIN() async throws {
        var options = SimulatedModem.Options()
        options.pin = "1234"
        try await LinkUnderTest.run(options, pin: "1234") { test in
            #expect(test.link.isReady)
        }
    }

    @Test("a PIN that was given in an earlier run is not given again, and the link says so")
    func rememberedPIN() async throws {
        var options = SimulatedModem.Options()
        options.pin = "1234"
        let memory = PINsOfThisRun()
        #expect(memory.willGive("1234") == nil)
        try await LinkUnderTest.run(options, pin: "1234", pins: memory, waitsForReady: false) { test in
            try await wait(for: "the refusal") {
                if case .needsOperator(let reason) = test.link.condition { reason.contains("before") } else { false }
            }
            #expect(!test.modem.commands.contains { $0.hasPrefix("AT+CPIN=") })
        }
    }

    @Test("a SIM that is unlocked gets no PIN, and what was given to it is forgotten")
    func unlocked() async throws {
        let memory = PINsOfThisRun()
        #expect(memory.willGive("1234") == nil)
        try await LinkUnderTest.run(pin: "1234", pins: memory) { test in
            #expect(!test.modem.commands.contains { $0.hasPrefix("AT+CPIN=") })
        }
        #expect(memory.willGive("1234") == nil)
    }

    @Test("a PIN is not given when its note cannot be written")
    func noteFails() async throws {
        struct FullDisk: PINMemory {
            struct Failure: Error {}
            func willGive(_ pin: String) throws -> String? { throw Failure() }
            func refused() -> String { "" }
            func unlocked() {}
        }
        var options = SimulatedModem.Options()
        options.pin = "1234"
        try await LinkUnderTest.run(options, pin: "1234", pins: FullDisk(), waitsForReady: false) { test in
            try await wait(for: "the trouble") {
                if case .down(let reason) = test.link.condition { reason.contains("cannot be recorded") } else { false }
            }
            #expect(!test.modem.commands.contains { $0.hasPrefix("AT+CPIN=") })
        }
    }
}
