import Admin
import Foundation
import GRDB
import Simulator
import TestSupport
import Testing

private typealias Gateway = GatewayUnderTest
private let rehema = (name: "Rehema", phone: "+255712000678", serial: GatewayUnderTest.firstMeter)
private let asha = "+255754000333"

extension GatewayUnderTest {
    fileprivate var isRunning: Bool { daemon?.isRunning == true }

    /// Does what systemd does: starts the daemon if it has stopped.
    fileprivate func revive() throws {
        if !isRunning { try start() }
    }
}

@Suite("A poison message", .serialized)
struct PoisonTests {
    @Test("a message that crashes the daemon is set aside after the third start, and later payments are answered")
    func trap() async throws {
        try await Gateway.run { gateway in
            gateway.environment = ["GRIDPOST_TEST_TRAP": "pangram", "SWIFT_BACKTRACE": "enable=no"]
            try await gateway.startReady()
            try await gateway.register([rehema])
            try await gateway.importCSV("staff", "name,phone\nAsha,\(asha)\n")
            gateway.modem.deliver(from: "+255712000999", "a pangram is here")
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            try await wait(for: "the payment behind it") {
                try gateway.revive()
                return (try? await gateway.status().payments["completed"]) == 1
            }
            let poison = try #require(try await gateway.messages().first { $0.text.contains("pangram") })
            #expect(poison.state == "failed")
            #expect(poison.note?.contains("set aside") == true)
            #expect(poison.text == "a pangram is here")
            try await wait(for: "the SMS to staff") { gateway.texts(to: asha).contains { $0.contains("set aside") } }
            try await wait(for: "the payer's token") { gateway.texts(to: rehema.phone).count == 1 }
            let daemon = gateway.daemon?.processIdentifier
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P2"))
            try await wait(for: "the next payment") { (try? await gateway.status().payments["completed"]) == 2 }
            #expect(
                gateway.daemon?.processIdentifier == daemon && gateway.isRunning,
                "the message must not crash the daemon again")
        }
    }

    @Test("a message that never ends is set aside as well")
    func hang() async throws {
        try await Gateway.run { gateway in
            gateway.environment = ["GRIDPOST_TEST_HANG": "pangram"]
            try await gateway.startReady()
            try await gateway.register([rehema])
            gateway.modem.deliver(from: "+255712000999", "a pangram is here")
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            for _ in 0..<2 {
                try await wait(for: "the text to be in progress") { try await gateway.messages().count == 2 }
                try await wait(for: "the mark") { try gateway.marks() > 0 }
                gateway.killHard()
                try await gateway.startReady()
            }
            try await wait(for: "the payment behind it") {
                (try? await gateway.status().payments["completed"]) == 1
            }
            let poison = try #require(try await gateway.messages().first { $0.text.contains("pangram") })
            #expect(poison.state == "failed")
        }
    }

    @Test("a power cut is not taken for a crash: a payment in progress at two kills is completed once")
    func kills() async throws {
        try await Gateway.run { gateway in
            gateway.environment = ["GRIDPOST_TEST_HANG": "REHEMA"]
            try await gateway.startReady()
            try await gateway.register([rehema])
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            try await wait(for: "the mark") { try gateway.marks() > 0 }
            gateway.killHard()
            try await gateway.startReady()
            try await wait(for: "the second mark") { try gateway.marks() > 1 }
            gateway.killHard()
            // The third start finds an item that was begun twice, but that is harmless.
            gateway.environment = [:]
            try gateway.start()
            try await wait(for: "the payment") { (try? await gateway.status().payments["completed"]) == 1 }
            try await wait(for: "its token") { gateway.texts(to: rehema.phone).count == 1 }
            try await gateway.expectCleanAudit()
        }
    }
}

extension GatewayUnderTest {
    /// How many times the message in progress was begun.
    fileprivate func marks() throws -> Int {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: folder.appendingPathComponent("db").path, configuration: configuration)
        return try queue.read {
            try Int.fetchOne($0, sql: "SELECT MAX(times) FROM begun_step WHERE queue = 'inbox'") ?? 0
        }
    }
}
