import Foundation
import Simulator
import TestSupport
import Testing

@Suite("Soak", .enabled(if: ProcessInfo.processInfo.environment["GRIDPOST_SOAK"] != nil))
struct SoakTests {
    private static let minutes = ProcessInfo.processInfo.environment["GRIDPOST_SOAK"].flatMap(Int.init)
    private static let seed =
        ProcessInfo.processInfo.environment["GRIDPOST_SEED"].flatMap(UInt64.init) ?? .random(in: 0...UInt64.max)

    @Test("with faults, kills, payments, forgeries, texts, menus and broadcasts nothing is lost, doubled or invented")
    func soak() async throws {
        let minutes = try #require(Self.minutes)
        try await Fixtures.withFolder { folder in
            let names = ["tower", "yard"]
            var others: [SimulatedModem] = []
            for name in names {
                var options = SimulatedModem.Options()
                options.link = folder.appendingPathComponent(name).path
                others.append(try SimulatedModem(options))
            }
            defer { for modem in others { modem.stop() } }
            let sections = names.map { name in
                """
                [[modems]]
                name = "\(name)"
                device = "\(folder.path)/\(name)"
                rate_per_minute = 0
                daily_cap = 0
                pace_ms = 1
                send_patience_seconds = 3
                """
            }
            let tables = SoakWorld.tables
            try await ListenerUnderTest.run(
                tables, modemMore: sections.joined(separator: "\n"), unproved: ""
            ) { listening in
                let world = SoakWorld(listening, others, seed: Self.seed)
                try await world.prepare()
                var random = SeededGenerator(seed: Self.seed &+ 1)
                let end = ContinuousClock.now + .seconds(minutes * 60)
                while ContinuousClock.now < end {
                    try await world.act()
                    // The pace of the world, not of the daemon.
                    try await Task.sleep(for: .milliseconds(Int.random(in: 10...400, using: &random)))
                }
                try await world.settle()
                try await world.ledger.expect(listening.gateway, world.modems)
                let counts = world.ledger.counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
                print("soak of \(minutes) min, seed \(Self.seed): " + counts.joined(separator: ", "))
            }
        }
    }
}
