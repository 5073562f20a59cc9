import Admin
import Foundation
import Simulator
import TestSupport
import Testing

private typealias Gateway = GatewayUnderTest

extension GatewayUnderTest {
    /// Registers `count` customers with SHS in Kisiwa and as many in Mlima. Their phones begin with +25571200 and
    /// +25571300.
    fileprivate func registerTwoGrids(_ count: Int) async throws {
        var rows = "name,phone,village,mini_grid,cluster,device_kind,serial\n"
        for number in 0..<count {
            rows += "K\(number),\(kisiwa(number)),Kijiji,Kisiwa,Pwani,shs,KSH\(number)\n"
            rows += "M\(number),\(mlima(number)),Bara,Mlima,Bonde,shs,MSH\(number)\n"
        }
        try await importCSV("customers", rows)
    }

    fileprivate func kisiwa(_ number: Int) -> String { "+25571200\(1_000 + number)" }
    fileprivate func mlima(_ number: Int) -> String { "+25571300\(1_000 + number)" }

    fileprivate func settled(_ number: Int64) async throws {
        try await wait(for: "the broadcast to end") {
            ["done", "cancelled"].contains(try await broadcast(number).state)
        }
    }
}

@Suite("Broadcasts over the modem", .serialized)
struct BroadcastRunTests {
    @Test("an outage notice reaches each phone of one mini-grid once, and tokens of payments in between are sent first")
    func notice() async throws {
        var options = SimulatedModem.Options()
        options.latency = .milliseconds(4)
        try await Gateway.run(options: options) { gateway in
            try await gateway.startReady()
            try await gateway.registerTwoGrids(60)
            try await gateway.register([("Rehema", "+255712000678", Gateway.firstMeter)])
            gateway.modem.deliver(from: gateway.kisiwa(7), "STOP")
            try await wait(for: "the opt-out") { gateway.texts(to: gateway.kisiwa(7)).count == 1 }

            let dry = try gateway.command(
                "broadcast", "new", "--mini-grid", "Kisiwa", "--class", "service", "--text", "No power on Monday.",
                "--dry-run")
            // Rehema lives in Kisiwa too.
            #expect(dry.status == 0 && dry.output.contains("60") && dry.output.contains("1, skipped"))
            #expect(dry.output.contains("1500.00 TZS"), "\(dry.output)")
            #expect(try gateway.command("broadcast", "list").output.contains("no broadcasts"))

            // The payment arrives in the middle of the broadcast, after the modem has become slow.
            let (modem, before) = (gateway.modem, gateway.modem.sentTexts.count + 5)
            modem.whenTransmitted(before) {
                modem.setLatency(.milliseconds(150))
                modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            }
            let new = try gateway.command(
                "broadcast", "new", "--mini-grid", "Kisiwa", "--class", "service", "--text", "No power on Monday.")
            #expect(new.status == 0, "\(new.errors)")
            try await wait(for: "the token") { gateway.modem.sentTexts.contains { $0.text.hasPrefix("Token:") } }
            modem.setLatency(.milliseconds(4))
            let place = try #require(gateway.modem.sentTexts.firstIndex { $0.text.hasPrefix("Token:") })
            try await gateway.settled(1)
            let notices = gateway.modem.sentTexts.filter { $0.text == "No power on Monday." }.map(\.recipient)
            #expect(Set(notices).count == notices.count && notices.count == 60)
            #expect(notices.allSatisfy { $0.hasPrefix("+255712") } && !notices.contains(gateway.kisiwa(7)))
            // The token did not wait for the rest of the broadcast.
            let last = try #require(gateway.modem.sentTexts.lastIndex { $0.text == "No power on Monday." })
            #expect(place >= before && place < last, "\(before) \(place) \(last)")
            try await wait(for: "the delivery reports") { try await gateway.broadcast(1).counts.delivered == 60 }
            let report = try gateway.command("broadcast", "report", "1", "--csv")
            #expect(report.output.split(whereSeparator: \.isNewline).count == 61)
            #expect(report.output.contains("\(gateway.kisiwa(3)),delivered,"))
            try await gateway.expectCleanAudit()
        }
    }

    @Test("pause and cancel in the middle give correct counts")
    func steering() async throws {
        var options = SimulatedModem.Options()
        options.latency = .milliseconds(4)
        try await Gateway.run(options: options) { gateway in
            try await gateway.startReady()
            try await gateway.registerTwoGrids(80)
            let modem = gateway.modem
            modem.whenTransmitted(5) { modem.setLatency(.milliseconds(400)) }
            let new = try gateway.command(
                "broadcast", "new", "--cluster", "Pwani", "--class", "promo", "--text", "Hello {name}", "--json")
            #expect(new.status == 0, "\(new.errors)")
            try await wait(for: "some messages to be sent") { gateway.modem.sentTexts.count >= 5 }
            #expect(try gateway.command("broadcast", "pause", "1").output.contains("is paused"))
            try await wait(for: "the messages being sent") { try await gateway.broadcast(1).counts.sending == 0 }
            let paused = gateway.modem.sentTexts.count
            #expect(paused < 80)
            modem.setLatency(.milliseconds(4))
            // Other messages are sent meanwhile; the paused broadcast is not.
            gateway.modem.deliver(from: "+255712000999", "help")
            try await wait(for: "an answer") { gateway.modem.sentTexts.count == paused + 1 }
            #expect(try await gateway.broadcast(1).counts.queued == 80 - paused)
            modem.whenTransmitted(paused + 6) { modem.setLatency(.milliseconds(400)) }
            #expect(try gateway.command("broadcast", "resume", "1").status == 0)
            try await wait(for: "more messages to be sent") { gateway.modem.sentTexts.count >= paused + 6 }
            #expect(try gateway.command("broadcast", "cancel", "1").status == 0)
            try await wait(for: "the messages being sent") { try await gateway.broadcast(1).counts.sending == 0 }
            let counts = try await gateway.broadcast(1).counts
            let told = gateway.modem.sentTexts.filter { $0.text.hasPrefix("Hello") }
            #expect(counts.sent + counts.delivered == told.count)
            #expect(counts.notSent == 80 - told.count && counts.queued == 0)
            #expect(Set(told.map(\.recipient)).count == told.count)
            let refused = try gateway.command("broadcast", "resume", "1")
            #expect(refused.status == 1 && refused.errors.contains("cancelled"))
            // The progress of a broadcast that is over ends immediately.
            let progress = try gateway.command("broadcast", "progress", "1")
            #expect(progress.status == 0 && progress.output.contains("/80 cancelled"))
        }
    }

    @Test(
        "after kills in the middle of a broadcast, no phone gets it twice, and doubtful messages are reported as unknown"
    )
    func killed() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        try await Gateway.run { gateway in
            var random = SeededGenerator(seed: seed)
            try await gateway.startReady()
            try await gateway.registerTwoGrids(300)
            #expect(
                try gateway.command("broadcast", "new", "--all", "--class", "service", "--text", "No power on Monday.")
                    .status == 0)
            for _ in 0..<6 {
                try await Task.sleep(for: .milliseconds(Int.random(in: 50...600, using: &random)))
                gateway.killHard()
                try await gateway.startReady()
            }
            try await gateway.settled(1)
            let told = gateway.modem.sentTexts.map(\.recipient)
            #expect(Set(told).count == told.count, "a phone got it twice (seed \(seed))")
            let counts = try await gateway.broadcast(1).counts
            #expect(counts.sent + counts.delivered + counts.unknown == 600, "\(counts) (seed \(seed))")
            // All messages not counted as sent are unknown, and some of these were sent.
            #expect(counts.sent + counts.delivered <= told.count && counts.unknown <= 6)
            let report = try gateway.command("broadcast", "report", "1", "--csv")
            #expect(
                report.output.split(whereSeparator: \.isNewline).filter { $0.contains(",unknown,") }.count
                    == counts.unknown)
        }
    }

    @Test("a token does not wait for the parts of a long notice, and all parts of the notice arrive")
    func longNotice() async throws {
        var options = SimulatedModem.Options()
        options.latency = .milliseconds(10)
        try await Gateway.run(options: options) { gateway in
            try await gateway.startReady()
            try await gateway.registerTwoGrids(6)
            try await gateway.register([("Rehema", "+255712000678", Gateway.firstMeter)])
            let text = String(repeating: "Power is off from nine to twelve. ", count: 30).trimmingCharacters(
                in: .whitespaces)
            let modem = gateway.modem
            modem.whenTransmitted(1) {
                modem.setLatency(.milliseconds(150))
                modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            }
            #expect(
                try gateway.command("broadcast", "new", "--mini-grid", "Mlima", "--class", "safety", "--text", text)
                    .status == 0)
            try await wait(for: "the token") { gateway.modem.sentTexts.contains { $0.text.hasPrefix("Token:") } }
            modem.setLatency(.milliseconds(10))
            try await gateway.settled(1)
            let parts = gateway.modem.sent
            let token = try #require(parts.firstIndex { $0.submit.text.hasPrefix("Token:") })
            #expect(token < parts.count - 8, "\(token) of \(parts.count)")
            #expect(gateway.modem.sentTexts.filter { $0.text == text }.count == 6)
        }
    }
}
