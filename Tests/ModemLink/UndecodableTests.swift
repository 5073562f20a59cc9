import Foundation
import ModemLink
import ModemMessages
import Simulator
import TestSupport
import Testing

@Suite("Messages that libgammu cannot read")
struct UndecodableTests {
    private static func twentyPlaces() -> SimulatedModem.Options {
        var options = SimulatedModem.Options()
        options.places = 20
        return options
    }

    /// A 7-bit message whose header has 256 octets, told apart by a number.
    private static func deliverLongHeader(_ test: LinkUnderTest, _ number: UInt8 = 0) {
        test.modem.deliver(
            from: "+255712000678", coding: 0, hasHeader: true, length: 7, data: [0xff, number, 1, 2, 3, 4, 5])
    }

    @Test("octets that are no message come in as octets, leave the SIM, and do not hide those behind them")
    func noMessage() async throws {
        try await LinkUnderTest.run(waitsForReady: false) { test in
            test.modem.deliver(octets: [0x00, 0x04, 0xff, 0x91, 0x21, 0x43])
            test.modem.deliver(from: "M-PESA", "behind it")
            try await wait(for: "the message") { test.parts.contains { $0.text == "behind it" } }
            try await wait(for: "the octets") { test.raw.contains { $0.pdu == "0004ff912143" && $0.store == "SM" } }
            try await wait(for: "the SIM to be empty") { test.modem.storedMessages == 0 }
            #expect(test.restarts == 0)
        }
    }

    @Test("messages of all 256 coding schemes leave a SIM of 20 places, and the honest one behind them is read")
    func codingSchemes() async throws {
        try await LinkUnderTest.run(Self.twentyPlaces()) { test in
            let start = Date(timeIntervalSince1970: 1_780_000_000)
            for coding in UInt8.min...UInt8.max {
                test.modem.deliver(
                    from: "+255712000678", coding: coding, length: 7, data: [0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47],
                    at: start + Double(coding))
            }
            test.modem.deliver(from: "M-PESA", "behind them all")
            try await wait(for: "the message", atMost: .seconds(120)) {
                test.parts.contains { $0.text == "behind them all" }
            }
            try await wait(for: "the SIM to be empty") { test.modem.storedMessages == 0 }
            // Each came in one way or the other, told apart by their times, and none both ways.
            let read = Set(test.parts.compactMap(\.sentAt)).intersection(1_780_000_000...1_780_000_255)
            let raw = Set(test.raw.map(\.pdu))
            #expect(read.count + raw.count == 256)
            #expect(!raw.isEmpty && test.parts.allSatisfy { !$0.text.isEmpty })
            #expect(test.restarts == 0)
        }
    }

    @Test(
        "a header that is longer than its message comes in as octets and leaves the SIM",
        arguments: [
            (coding: UInt8(0x00), length: UInt8(4), header: UInt8(0x20)), (0x00, 7, 0xff), (0x00, 160, 0xff),
            (0x04, 4, 0x20), (0x04, 140, 0xff), (0x08, 4, 0xff), (0x08, 140, 0xff), (0x00, 0, 0xff), (0x00, 255, 0xff),
        ])
    func headers(coding: UInt8, length: UInt8, header: UInt8) async throws {
        try await LinkUnderTest.run { test in
            let size = coding == 0 ? min(140, (Int(length) * 7 + 7) / 8) : Int(length)
            test.modem.deliver(
                from: "+255712000678", coding: coding, hasHeader: true, length: length,
                data: Array(([header] + [UInt8](repeating: 0x5a, count: 140)).prefix(max(1, size))))
            test.modem.deliver(from: "M-PESA", "behind it")
            try await wait(for: "the message") { test.parts.contains { $0.text == "behind it" } }
            try await wait(for: "the SIM to be empty") { test.modem.storedMessages == 0 }
            // Nothing that libgammu made up of it came in as a text.
            #expect(!test.raw.isEmpty && test.parts.allSatisfy { $0.originator == "M-PESA" })
            #expect(test.restarts <= 1)
        }
    }

    @Test("200 messages of random user data leave the SIM")
    func random() async throws {
        try await LinkUnderTest.run(Self.twentyPlaces()) { test in
            var random = SeededGenerator(seed: 11)
            for _ in 0..<200 {
                let size = Int.random(in: 0...140, using: &random)
                test.modem.deliver(
                    from: "+255712000678", coding: [0, 0, 0, 4, 8, 0xf0].randomElement(using: &random) ?? 0,
                    hasHeader: true, length: .random(in: 0...255, using: &random),
                    data: [Bool.random(using: &random) ? 0xff : .random(in: 0...255, using: &random)]
                        + (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) })
            }
            test.modem.deliver(from: "M-PESA", "behind them all")
            try await wait(for: "the message", atMost: .seconds(120)) {
                test.parts.contains { $0.text == "behind them all" }
            }
            try await wait(for: "the SIM to be empty") { test.modem.storedMessages == 0 }
            #expect(test.restarts <= 2)
        }
    }

    @Test("a SIM that is full of them does not become deaf, and sends go out in between")
    func full() async throws {
        try await LinkUnderTest.run(Self.twentyPlaces()) { test in
            test.modem.setLatency(.milliseconds(5))
            // Six SIMs full, one behind the other.
            for number in UInt8(0)..<120 { Self.deliverLongHeader(test, number) }
            var sends = 0
            while test.modem.storedMessages > 0 {
                if case .accepted = await test.link.send(LinkUnderTest.part("Token: 1234")) { sends += 1 }
            }
            #expect(sends >= 6, "\(sends) sends while six full SIMs were read")
            #expect(Set(test.raw.map(\.pdu)).count == 120)
            #expect(test.restarts == 0)
        }
    }

    @Test("what a process ended at is read without libgammu by the next one", arguments: [true, false])
    func deadly(byDeadline: Bool) async throws {
        try await LinkUnderTest.run(callDeadline: byDeadline ? .seconds(2) : .seconds(30)) { test in
            test.modem.inject(.silentPlace(1))
            Self.deliverLongHeader(test)
            if !byDeadline { try await killWhileReading(test) }
            try await wait(for: "the octets") { !test.raw.isEmpty }
            try await wait(for: "the SIM to be empty") { test.modem.storedMessages == 0 }
            // A busy machine takes longer than the short deadline for other things too.
            if byDeadline { #expect(test.restarts >= 1) } else { #expect(test.restarts == 1) }
            // Nothing but the port without libgammu asks for one store alone: that came before the place was read again.
            let commands = test.modem.commands
            let readings = commands.indices.filter { commands[$0] == "AT+CMGR=1" }
            let alone = commands.firstIndex(of: "AT+CPMS=\"SM\"")
            #expect(readings.count > 1 && alone.map { $0 < readings[1] } ?? false)
        }
    }

    @Test("a place of which the modem never says anything is left alone, and all else goes on", arguments: [4, 30])
    func mute(callDeadline: Int) async throws {
        try await LinkUnderTest.run(callDeadline: .seconds(callDeadline)) { test in
            test.modem.inject(.mutePlace(1))
            Self.deliverLongHeader(test)
            try await wait(for: "the reading") { test.modem.commands.contains("AT+CMGR=1") }
            test.modem.deliver(from: "M-PESA", "behind it")
            try await wait(for: "the message") { test.parts.contains { $0.text == "behind it" } }
            for number in 1...3 {
                try await wait(for: "a send") {
                    if case .accepted = await test.link.send(LinkUnderTest.part("Token: \(number)")) {
                        true
                    } else {
                        false
                    }
                }
                test.modem.deliver(from: "M-PESA", "and \(number)")
                try await wait(for: "the message") { test.parts.contains { $0.text == "and \(number)" } }
            }
            // A busy machine takes longer than a short deadline for other things too.
            if callDeadline == 30 { #expect(test.restarts <= 1) }
        }
    }

    @Test("an ordinary message is not to blame for the process that ended at it")
    func ordinary() async throws {
        try await LinkUnderTest.run { test in
            test.modem.inject(.silentPlace(1))
            test.modem.deliver(from: "M-PESA", "an honest payment")
            try await killWhileReading(test)
            try await wait(for: "the message") { test.parts.contains { $0.text == "an honest payment" } }
            try await wait(for: "the SIM to be empty") { test.modem.storedMessages == 0 }
            #expect(test.raw.isEmpty && test.restarts == 1)
        }
    }

    @Test("a modem that deletes nothing is not asked for the same octets without end")
    func deletesNothing() async throws {
        try await LinkUnderTest.run { test in
            test.modem.inject(.deletesNothing)
            Self.deliverLongHeader(test)
            try await wait(for: "the attempt") { test.modem.commands.contains("AT+CMGD=1") }
            let deletions = { test.modem.commands.count { $0 == "AT+CMGD=1" } }
            for number in 1...3 {
                test.modem.deliver(from: "M-PESA", "message \(number)")
                try await wait(for: "the message") { test.parts.contains { $0.text == "message \(number)" } }
            }
            #expect(deletions() <= 2)
        }
    }

    @Test("a modem whose SIM stays nearly full is known for it")
    func nearlyFull() async throws {
        var options = SimulatedModem.Options()
        options.places = 4
        try await LinkUnderTest.run(options) { test in
            #expect(test.link.fullFor == nil)
            test.modem.inject(.deletesNothing)
            for number in 1...3 { test.modem.deliver(from: "M-PESA", "message \(number)") }
            test.modem.unplug()
            try await wait(for: "the link to notice") { !test.link.isReady }
            try test.modem.plugIn()
            try await wait(for: "the look") { test.link.fullFor != nil }
        }
    }

    /// Kills the process when it waits for what stands at the first place.
    private func killWhileReading(_ test: LinkUnderTest) async throws {
        try await wait(for: "the reading") { test.modem.commands.contains("AT+CMGR=1") }
        kill(try #require(test.link.process), SIGKILL)
    }
}
