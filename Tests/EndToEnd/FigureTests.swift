import Admin
import Foundation
import NIOConcurrencyHelpers
import Simulator
import TestSupport
import Testing

/// Measures the programs in the folder GRIDPOST_PROGRAMS, such as `.build/release`. See `make figures`.
@Suite("Figures", .serialized, .enabled(if: ProcessInfo.processInfo.environment["GRIDPOST_PROGRAMS"] != nil))
struct FigureTests {
    @Test("idle memory: at most 48 MB for the daemon, at most 60 MB with its modem process")
    func idle() async throws {
        try await GatewayUnderTest.run { gateway in
            try await gateway.startReady()
            try await gateway.register([("Rehema", "+255712000678", GatewayUnderTest.firstMeter)])
            gateway.modem.deliver(from: "M-PESA", GatewayUnderTest.confirmation("CKD4A2MX7P1"))
            try await wait(for: "the token") { gateway.modem.sentTexts.contains { $0.text.hasPrefix("Token:") } }
            // Wait until the memory used by the start and the payment is released.
            try await Task.sleep(for: .seconds(20))
            let daemon = try #require(gateway.daemon?.processIdentifier)
            let own = try Self.megabytes(daemon, "VmRSS")
            let modem = try Self.children(of: daemon).map { try Self.megabytes($0, "VmRSS") }.reduce(0, +)
            print("FIGURE idle memory: daemon \(own) MB, modem process \(modem) MB")
            #expect(own <= 48 && own + modem <= 60)
        }
    }

    @Test("importing 100,000 customers takes at most 256 MB, and each payment meanwhile is answered in under a second")
    func largeImport() async throws {
        try await GatewayUnderTest.run { gateway in
            try await gateway.startReady()
            try await gateway.register([("Rehema", "+255712000678", GatewayUnderTest.firstMeter)])
            var text = "name,surname,phone,village,mini_grid,cluster,device_kind,serial\n"
            for number in 0..<100_000 {
                text +=
                    "Asha,\(number),0713\(100_000 + number),Kijiji \(number % 300),Gridi \(number % 60),Pwani,shs,SHS\(number)\n"
            }
            let file = gateway.folder.appendingPathComponent("large.csv").path
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            let started = ContinuousClock.now
            let whole = Task.detached { try gateway.command("import", "customers", file) }
            let isOver = NIOLockedValueBox(false)
            let payments = Task {
                var longest = Duration.zero
                var number = 0
                while !isOver.withLockedValue({ $0 }) {
                    let before = gateway.modem.sentTexts.count
                    let begun = ContinuousClock.now
                    gateway.modem.deliver(
                        from: "M-PESA",
                        GatewayUnderTest.confirmation("CKD4A2MX\(String(number + 1_000).suffix(3))"))
                    try await wait(for: "the token") { gateway.modem.sentTexts.count > before }
                    longest = max(longest, .now - begun)
                    number += 1
                }
                return (number, longest)
            }
            let result = try await whole.value
            let took = ContinuousClock.now - started
            isOver.withLockedValue { $0 = true }
            let (count, longest) = try await payments.value
            let daemon = try #require(gateway.daemon?.processIdentifier)
            let most = try Self.megabytes(daemon, "VmHWM")
            print("FIGURE import of 100,000: \(took), at most \(most) MB; \(count) payments, longest \(longest)")
            #expect(result.status == 0, "\(result.errors)")
            #expect(most <= 256 && count > 0 && longest < .seconds(1))
        }
    }

    @Test("menus are answered within 200 ms while a broadcast runs")
    func menus() async throws {
        try await ListenerUnderTest.run(ListenerUnderTest.aggregator) { listening in
            let gateway = listening.gateway
            try await gateway.startReady()
            try await listening.isListening()
            try await gateway.register(
                (0..<2_000).map { ("Customer\($0)", "+2557120\(10_000 + $0)", MeterNumbers.valid($0)) })
            let begun = try gateway.command(
                "broadcast", "new", "--mini-grid", "Kisiwa", "--class", "service", "--text", "No power on Monday.")
            try #require(begun.status == 0, "\(begun.errors)")
            var times: [Duration] = []
            let before = gateway.modem.sentTexts.count
            for number in 0..<200 {
                let asked = ContinuousClock.now
                let answer = try await listening.post(
                    "/ussd/africastalking?key=the-secret-word",
                    "sessionId=AT_\(number)&serviceCode=*384*5%23&phoneNumber=%2B2557120\(10_000 + number)&networkCode=64004&text=\(number % 3 == 0 ? "" : "2")"
                )
                times.append(.now - asked)
                #expect(answer.0 == 200)
            }
            let sent = gateway.modem.sentTexts.count - before
            times.sort()
            print(
                "FIGURE menus beside a broadcast of 2,000: median \(times[100]), slowest \(times[199]); \(sent) sent meanwhile"
            )
            #expect(times[199] < .milliseconds(200) && sent > 0)
        }
    }

    private static func megabytes(_ process: pid_t, _ key: String) throws -> Int {
        let text = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix(key + ":") })
        return try #require(line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }) / 1_024
    }

    private static func children(of process: pid_t) throws -> [pid_t] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task").flatMap { thread in
            try String(contentsOfFile: "/proc/\(process)/task/\(thread)/children", encoding: .utf8)
                .split(separator: " ").compactMap { pid_t($0) }
        }
    }
}
