import Domain
import Foundation
import Gateway
import Logging
import ModemLink
import ModemMessages
import Simulator
import Store
import TestSupport

/// Sending through the durable outbox against a bare loop of libgammu on the same simulator.
enum SendingBenchmarks {
    private static let parts = 600

    static func sending() async throws -> [Figure] {
        try await Fixtures.withFolder { folder in
            let bare = try bareLoop(folder)
            let own = try await throughGateway(folder)
            return [
                Figure(name: "bare loop of libgammu", value: bare.rate, unit: "parts/s"),
                Figure(
                    name: "outbox, dispatcher and modem process, each part durable before and after", value: own.rate,
                    unit: "parts/s", comparison: String(format: "%.2f of the bare loop", own.rate / bare.rate)),
                Figure(name: "CPU of a part, daemon and modem process", value: own.cpu, unit: "ms"),
                Figure(name: "CPU of a part, bare loop", value: bare.cpu, unit: "ms"),
            ]
        }
    }

    private static func simulator(_ folder: URL, _ name: String) throws -> SimulatedModem {
        var options = SimulatedModem.Options()
        options.link = folder.appendingPathComponent(name).path
        options.reportsDelivery = false
        return try SimulatedModem(options)
    }

    private static func bareLoop(_ folder: URL) throws -> (rate: Double, cpu: Double) {
        let modem = try simulator(folder, "bare")
        defer { modem.stop() }
        let process = Process()
        process.executableURL = Products.folder.appendingPathComponent("gammu-bare-loop")
        process.arguments = [modem.path, "\(parts)"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let numbers = String(decoding: said, as: UTF8.self).split(separator: " ")
            .compactMap { Double($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        guard process.terminationStatus == 0, numbers.count == 2 else { throw CocoaError(.executableLoad) }
        return (Double(parts) / numbers[0], numbers[1] * 1_000 / Double(parts))
    }

    private static func throughGateway(_ folder: URL) async throws -> (rate: Double, cpu: Double) {
        let modem = try simulator(folder, "own")
        defer { modem.stop() }
        let bench = try await BenchmarkGateway(database: folder.appendingPathComponent("send.db").path, customers: 1)
        let settings = ModemSettings(
            device: modem.path, connection: "at115200", pace: 1_000, pin: nil, sendTimeout: 40)
        let configuration = ModemConfiguration(
            name: "bench", settings: settings, reach: .child(program: Products.modem))
        let gateway = bench.gateway
        let link = ModemLink(
            configuration, logger: gateway.logger, pins: PINsOfThisRun(),
            commit: { events, _ in events.isEmpty ? [] : [] }, onChange: { gateway.modemsChanged() })
        let lane = Dispatcher.Lane(link: link, limits: ModemLimits(networks: [], ratePerMinute: 0, dailyCap: 0))
        gateway.modems.use([lane])
        let dispatcher = Dispatcher(gateway, lanes: [lane])
        let running = Task { try await link.run() }
        try await wait(for: "the modem") { link.isReady }
        guard let phone = PhoneNumber(e164: "+255712000678") else { throw CocoaError(.featureUnsupported) }
        try await gateway.steps.perform { step in
            for number in 0..<parts {
                let text = "Token: 1234 5678 9012 3456 7890, 4.0 kWh, \(number)"
                try step.outbox.queue(
                    OutboxMessage(
                        dedupeKey: "bench/\(number)", messageClass: .token, recipient: phone, body: text, isUCS2: false,
                        parts: [text], now: step.now), at: step.now)
            }
        }
        let (clock, cpu) = (ContinuousClock(), Benchmark.cpuSeconds)
        let started = clock.now
        let sending = Task { try await dispatcher.run() }
        try await wait(for: "all parts") { modem.sent.count >= parts }
        let seconds = (clock.now - started) / .seconds(1)
        sending.cancel()
        running.cancel()
        _ = try? await sending.value
        _ = try? await running.value
        let used = Benchmark.cpuSeconds - cpu
        try gateway.store.close()
        return (Double(parts) / seconds, used * 1_000 / Double(parts))
    }
}
