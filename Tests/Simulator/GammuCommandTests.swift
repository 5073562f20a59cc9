import Foundation
import Simulator
import TestSupport
import Testing

/// Checks the simulated modem with Debian's own `gammu` command.
@Suite("The simulated modem and the gammu command", .serialized)
struct GammuCommandTests {
    @Test("gammu identifies the modem, reads its SIM and sends through it")
    func gammu() async throws {
        try await Fixtures.withFolder { folder in
            var options = SimulatedModem.Options()
            options.link = folder.appendingPathComponent("port").path
            let modem = try SimulatedModem(options)
            defer { modem.stop() }
            let configuration = folder.appendingPathComponent("gammurc").path
            try "[gammu]\ndevice = \(modem.path)\nconnection = at115200\nmodel = at\n".write(
                toFile: configuration, atomically: true, encoding: .utf8)
            func gammu(_ arguments: String...) throws -> String {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/gammu")
                process.arguments = ["-c", configuration] + arguments
                let pipe = Pipe()
                process.standardOutput = pipe
                process.standardError = FileHandle.nullDevice
                process.standardInput = FileHandle.nullDevice
                try process.run()
                let output = pipe.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                #expect(process.terminationStatus == 0)
                return String(decoding: output, as: UTF8.self)
            }
            #expect(try gammu("identify").contains("490154203237518"))
            modem.deliver(from: "M-PESA", "habari {leo} €")
            #expect(try gammu("getallsms").contains("habari {leo}"))
            _ = try gammu("sendsms", "TEXT", "+255712000678", "-text", "jibu")
            #expect(modem.sentTexts.map(\.text) == ["jibu"])
            #expect(try gammu("networkinfo").contains("640 04"))
        }
    }
}
