import Foundation
import ModemLink
import ModemMessages
import Simulator
import TestSupport
import Testing

@Suite("Receiving through libgammu")
struct ReceivingTests {
    @Test("an indicated message and one already on the SIM are received and deleted")
    func both() async throws {
        try await LinkUnderTest.run(waitsForReady: false) { test in
            test.modem.deliver(from: "M-PESA", "waited €[]", at: Date(timeIntervalSince1970: 1_780_000_000))
            try await wait(for: "the stored message") { test.parts.contains { $0.text.hasPrefix("waited") } }
            test.modem.deliver(from: "+255712000678", "Привет 😀")
            try await wait(for: "the indicated message") { test.parts.contains { $0.coding == .ucs2 } }
            let (waited, told) = (try #require(test.parts.first), try #require(test.parts.last))
            #expect([waited.text, told.text] == ["waited €[]", "Привет 😀"])
            #expect([waited.originator, told.originator] == ["M-PESA", "+255712000678"])
            #expect(waited.smsc == "+255754000004" && waited.sentAt == 1_780_000_000)
            try await wait(for: "the SIM to be empty") { test.modem.storedMessages == 0 }
        }
    }

    @Test(
        "a name with spaces and marks keeps them, because trust depends on it",
        arguments: ["M-PESA", "M-PESA ", "Selcom Pesa", "MixxByYas"])
    func originators(name: String) async throws {
        try await LinkUnderTest.run { test in
            test.modem.deliver(from: name, "x")
            // It may be reported twice, by its indication and by the scan of the stores; the inbox detects the
            // duplicate.
            try await wait(for: "the message") { !test.parts.isEmpty }
            #expect(test.parts[0].originator == name)
        }
    }

    @Test("a message without an indication is found by the scan of the stores")
    func silent() async throws {
        try await LinkUnderTest.run { test in
            test.modem.inject(.silentArrival)
            test.modem.deliver(from: "M-PESA", "silent")
            // The process restarts and reads all stores.
            test.modem.unplug()
            try await wait(for: "the link to notice") { !test.link.isReady }
            try test.modem.plugIn()
            try await wait(for: "the message") { test.parts.contains { $0.text == "silent" } }
        }
    }

    @Test("a missing port ends the process at once, without a busy loop")
    func vanished() async throws {
        try await LinkUnderTest.run { test in
            test.modem.unplug()
            try await wait(for: "the link to notice") { !test.link.isReady }
            if case .down(let reason) = test.link.condition {
                #expect(!reason.isEmpty)
            } else {
                Issue.record("the link is \(test.link.condition)")
            }
        }
    }

    @Test("a wrong PIN is sent once and never again")
    func wrongPIN() async throws {
        var options = SimulatedModem.Options()
        options.pin = "1234"
        try await LinkUnderTest.run(options, pin: "9999", waitsForReady: false) { test in
            try await wait(for: "the refusal") {
                if case .needsOperator = test.link.condition { true } else { false }
            }
            let restarts = test.restarts
            // Long enough for several restarts, if there were any.
            try await Task.sleep(for: .seconds(2))
            #expect(test.restarts == restarts)
            #expect(test.modem.commands.filter { $0.hasPrefix("AT+CPIN=") }.count == 1)
        }
    }

    @Test("the right PIN unlocks the SIM")
    func rightPIN() async throws {
        var options = SimulatedModem.Options()
        options.pin = "1234"
        try await LinkUnderTest.run(options, pin: "1234") { test in
            #expect(test.link.isReady)
        }
    }

    @Test("a PIN sent in an earlier run is not sent again, and the link reports it")
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

    @Test("an unlocked SIM gets no PIN, and its recorded PINs are forgotten")
    func unlocked() async throws {
        let memory = PINsOfThisRun()
        #expect(memory.willGive("1234") == nil)
        try await LinkUnderTest.run(pin: "1234", pins: memory) { test in
            #expect(!test.modem.commands.contains { $0.hasPrefix("AT+CPIN=") })
        }
        #expect(memory.willGive("1234") == nil)
    }

    @Test("a PIN is not sent if it cannot be recorded")
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
            try await wait(for: "the failure") {
                if case .down(let reason) = test.link.condition { reason.contains("cannot be recorded") } else { false }
            }
            #expect(!test.modem.commands.contains { $0.hasPrefix("AT+CPIN=") })
        }
    }
}
