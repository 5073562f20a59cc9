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

    /// Delivers a 7-bit message whose header has 256 octets, identified by a number.
    private static func deliverLongHeader(_ test: LinkUnderTest, _ number: UInt8 = 0) {
        test.modem.deliver(
            from: "+255712000678", coding: 0, hasHeader: true, length: 7, data: [0xff, number, 1, 2, 3, 4, 5])
    }

    @Test("octets that are not a message are received as octets, deleted, and do not hide later messages")
    func noMessage() async throws {
        try await LinkUnderTest.run(waitsForReady: false, callDeadline: .seconds(120), sendTimeout: 60) { test in
            test.modem.deliver(octets: [0x00, 0x04, 0xff, 0x91, 0x21, 0x43])
            test.modem.deliver(from: "M-PESA", "behind it")
            try await wait(for: "the message") { test.parts.contains { $0.text == "behind it" } }
            try await wait(for: "the octets") { test.raw.contains { $0.pdu == "0004ff912143" && $0.store == "SM" } }
            try await wait(for: "the SIM to be empty") { test.modem.storedMessages == 0 }
            #expect(test.restarts == 0)
        }
    }

    @Test("messages of all 256 coding schemes are deleted from a SIM of 20 locations, and a later valid one is read")
    func codingSchemes() async throws {
        try await LinkUnderTest.run(Self.twentyPlaces(), callDeadline: .seconds(120), sendTimeout: 60) { test in
            let start = Date(timeIntervalSince1970: 1_780_000_000)
            for coding in UInt8.min...UInt8.max {
                test.modem.deliver(
                    from: "+255712000678", coding: coding, length: 7, data: [0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47],
                    at: start + Double(coding))
            }
            test.modem.deliver(from: "M-PESA", "behind them all")
            try await wait(for: "the message") {
                test.parts.contains { $0.text == "behind them all" }
            }
            try await wait(for: "the SIM to be empty") { test.modem.storedMessages == 0 }
            // Each was received exactly once, as text or as octets, identified by its time.
            let read = Set(test.parts.compactMap(\.sentAt)).intersection(1_780_000_000...1_780_000_255)
            let raw = Set(test.raw.map(\.pdu))
            #expect(read.count + raw.count == 256)
            #expect(!raw.isEmpty && test.parts.allSatisfy { !$0.text.isEmpty })
            #expect(test.restarts == 0)
        }
    }

    @Test(
        "a message with a header longer than itself is received as octets and deleted",
        arguments: [
            (coding: UInt8(0x00), length: UInt8(4), header: UInt8(0x20)), (0x00, 7, 0xff), (0x00, 160, 0xff),
            (0x04, 4, 0x20), (0x04, 140, 0xff), (0x08, 4, 0xff), (0x08, 140, 0xff), (0x00, 0, 0xff), (0x00, 255, 0xff),
        ])
    func headers(coding: UInt8, length: UInt8, header: UInt8) async throws {
        try await LinkUnderTest.run(callDeadline: .seconds(120), sendTimeout: 60) { test in
            let size = coding == 0 ? min(140, (Int(length) * 7 + 7) / 8) : Int(length)
            test.modem.deliver(
                from: "+255712000678", coding: coding, hasHeader: true, length: length,
                data: Array(([header] + [UInt8](repeating: 0x5a, count: 140)).prefix(max(1, size))))
            test.modem.deliver(from: "M-PESA", "behind it")
            try await wait(for: "the message") { test.parts.contains { $0.text == "behind it" } }
            try await wait(for: "the SIM to be empty") { test.modem.storedMessages == 0 }
            // No text that libgammu made up was received.
            #expect(!test.raw.isEmpty && test.parts.allSatisfy { $0.originator == "M-PESA" })
            #expect(test.restarts <= 1)
        }
    }

    @Test("200 messages of random user data are deleted from the SIM")
    func random() async throws {
        try await LinkUnderTest.run(Self.twentyPlaces(), callDeadline: .seconds(120), sendTimeout: 60) { test in
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
            try await wait(for: "the message") {
                test.parts.contains { $0.text == "behind them all" }
            }
            try await wait(for: "the SIM to be empty") { test.modem.storedMessages == 0 }
            #expect(test.restarts <= 2)
        }
    }

    @Test("a SIM full of them still receives, and sends run in between")
    func full() async throws {
        try await LinkUnderTest.run(Self.twentyPlaces(), callDeadline: .seconds(120), sendTimeout: 60) { test in
            test.modem.setLatency(.milliseconds(5))
            // As many messages as fill the SIM six times.
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

    @Test("a message that ended a process is read without libgammu by the next one", arguments: [true, false])
    func deadly(byDeadline: Bool) async throws {
        try await LinkUnderTest.run(callDeadline: byDeadline ? .seconds(2) : .seconds(30)) { test in
            test.modem.inject(.silentPlace(1))
            Self.deliverLongHeader(test)
            if !byDeadline { try await killWhileReading(test) }
            try await wait(for: "the octets") { !test.raw.isEmpty }
            try await wait(for: "the SIM to be empty") { test.modem.storedMessages == 0 }
            // A busy machine takes longer than the short deadline for other things too.
            if byDeadline { #expect(test.restarts >= 1) } else { #expect(test.restarts == 1) }
            // Only raw access selects a single store: it came before libgammu read the location again.
            let commands = test.modem.commands
            let readings = commands.indices.filter { commands[$0] == "AT+CMGR=1" }
            let alone = commands.firstIndex(of: "AT+CPMS=\"SM\"")
            #expect(readings.count > 1 && alone.map { $0 < readings[1] } ?? false)
        }
    }

    @Test("a location that the modem never answers for is skipped, and everything else continues", arguments: [4, 30])
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
            // A busy machine may miss the deadline for other things too; the location is not read again each time.
            let readings = test.modem.commands.count { $0 == "AT+CMGR=1" }
            #expect(readings <= 4)
        }
    }

    @Test("an ordinary message that is read while the process is killed is still read as text")
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

    @Test("a modem that deletes nothing is not asked for the same octets endlessly")
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

    @Test("a modem whose SIM stays nearly full is reported")
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
            try await wait(for: "the scan") { test.link.fullFor != nil }
        }
    }

    /// Kills the process while it reads the first location.
    private func killWhileReading(_ test: LinkUnderTest) async throws {
        try await wait(for: "the reading") { test.modem.commands.contains("AT+CMGR=1") }
        kill(try #require(test.link.process), SIGKILL)
    }
}
