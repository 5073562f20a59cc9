import Admin
import Foundation
import Simulator
import TestSupport
import Testing

private typealias Gateway = GatewayUnderTest
private let rehema = (name: "Rehema", phone: "+255712000678", serial: GatewayUnderTest.firstMeter)
private let asha = "+255754000333"

/// Runs a program, such as mount, which needs root, and returns its exit status.
private func run(_ program: String, _ arguments: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
}

@Suite("A full disk", .serialized, .enabled(if: geteuid() == 0 && FileManager.default.fileExists(atPath: "/bin/mount")))
struct FullDiskTests {
    @Test("on a full disk payments wait on the SIM and staff get an SMS; processing continues when there is space")
    func full() async throws {
        try await Gateway.run { gateway in
            let disk = gateway.folder.appendingPathComponent("disk").path
            try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
            // Skip the test where mounting is not allowed.
            guard try run("/bin/mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk) == 0 else { return }
            defer {
                gateway.killHard()
                _ = try? run("/bin/umount", disk)
            }
            let text = try String(contentsOfFile: gateway.configuration, encoding: .utf8)
            try text.replacingOccurrences(of: "\(gateway.folder.path)/db", with: "\(disk)/db")
                .write(toFile: gateway.configuration, atomically: true, encoding: .utf8)
            try await gateway.startReady()
            try await gateway.register([rehema])
            try await gateway.importCSV("staff", "name,phone\nAsha,\(asha)\n")
            try await wait(for: "the outbox to be empty") { try await gateway.status().outbox["queued"] ?? 0 == 0 }
            let filler = disk + "/filler"
            _ = FileManager.default.createFile(atPath: filler, contents: nil)
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: filler))
            for size in [65_536, 4_096, 512] { while (try? handle.write(contentsOf: Data(count: size))) != nil {} }
            for number in 0..<5 {
                gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P\(number)"))
            }
            try await wait(for: "the SMS to staff") {
                gateway.texts(to: asha).contains { $0.contains("disk is full") }
            }
            #expect(gateway.texts(to: rehema.phone).count < 5)
            try handle.close()
            try FileManager.default.removeItem(atPath: filler)
            try await wait(for: "the payments") {
                (try? await gateway.status().payments["completed"]) == 5
            }
            try await wait(for: "their tokens") {
                Set(gateway.texts(to: rehema.phone).flatMap { Gateway.tokens(in: $0) }).count == 5
            }
            #expect(gateway.texts(to: asha).filter { $0.contains("disk is full") }.count == 1)
            try await gateway.expectCleanAudit()
        }
    }
}
