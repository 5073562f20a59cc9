import Admin
import Foundation
import Simulator
import TestSupport
import Testing

private typealias Gateway = GatewayUnderTest
private let rehema = (name: "Rehema", phone: "+255712000678", serial: GatewayUnderTest.firstMeter)

/// The modem processes of a daemon.
private func modemProcesses(of gateway: GatewayUnderTest) -> [pid_t] {
    guard let daemon = gateway.daemon else { return [] }
    let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(daemon.processIdentifier)/task")) ?? []
    let texts = tasks.compactMap {
        try? String(contentsOfFile: "/proc/\(daemon.processIdentifier)/task/\($0)/children", encoding: .utf8)
    }
    return texts.flatMap { $0.split(separator: " ").compactMap { pid_t($0) } }
}

@Suite("Modem failures", .serialized)
struct TroubleTests {
    @Test("nothing is lost when the port disappears during work and comes back")
    func unplugged() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([rehema])
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            gateway.modem.unplug()
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P2"))
            try await wait(for: "the daemon to notice") { try await gateway.modemState() == "down" }
            try gateway.modem.plugIn()
            try await wait(for: "two completed payments") {
                try await gateway.payments().filter { $0.state == "completed" }.count == 2
            }
            try await wait(for: "both answers") {
                Set(gateway.modem.sentTexts.flatMap { Gateway.tokens(in: $0.text) }).count == 2
            }
            try await gateway.expectCleanAudit()
        }
    }

    @Test("the message is sent even if the modem process is killed while it waits for the network")
    func processKilled() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([rehema])
            gateway.modem.inject(.lostWithoutAnswer)
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            // Killed earlier, the next process would meet the fault, and of two doubtful copies there is no third.
            try await wait(for: "the message to be lost") { gateway.modem.faults.isEmpty }
            let processes = modemProcesses(of: gateway)
            #expect(processes.count == 1)
            for process in processes { kill(process, SIGKILL) }
            try await wait(for: "the message after the restart") { gateway.modem.sentTexts.count == 1 }
            #expect(try await gateway.status().modems[0].restarts >= 1)
            try await gateway.expectCleanAudit()
        }
    }

    @Test("if the modem stops answering during a send, the call times out and the message is sent later")
    func hanging() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([rehema])
            gateway.modem.inject(.lostWithoutAnswer)
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            try await wait(for: "the send to begin") { gateway.modem.commands.contains { $0.hasPrefix("AT+CMGS") } }
            // send_patience_seconds is 3. After that the process reports the timeout, exits, and is restarted.
            try await wait(for: "the message") { gateway.modem.sentTexts.count == 1 }
            let token = try #require(Gateway.tokens(in: gateway.modem.sentTexts[0].text).first)
            #expect(try await gateway.payment(1).token?.token == token)
        }
    }

    @Test("a sent message whose answer was lost is sent again with the same token, and not counted as sent before")
    func falseSuccess() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([rehema])
            gateway.modem.inject(.sentWithoutAnswer)
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            try await wait(for: "the second copy") { gateway.modem.sentTexts.count == 2 }
            let tokens = gateway.modem.sentTexts.flatMap { Gateway.tokens(in: $0.text) }
            #expect(tokens.count == 2 && Set(tokens).count == 1)
            #expect(try await gateway.payments().count == 1)
            try await gateway.expectCleanAudit()
        }
    }

    @Test("a message that the network refuses permanently fails, and the next one is sent")
    func refused() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([rehema])
            gateway.modem.inject(.refusedSend(code: 28))
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            try await wait(for: "the failure") { (try? await gateway.payment(1))?.messages?.first?.state == "failed" }
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P2"))
            try await wait(for: "the next one") { gateway.modem.sentTexts.count == 1 }
        }
    }

    @Test("a modem that does not delete messages causes no duplicate payments")
    func deletesNothing() async throws {
        try await Gateway.run { gateway in
            gateway.modem.inject(.deletesNothing)
            try await gateway.startReady()
            try await gateway.register([rehema])
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            try await wait(for: "the token") { gateway.modem.sentTexts.count == 1 }
            try await wait(for: "the message to be recorded as sent") {
                try await gateway.payment(1).messages?.first?.state != "sending"
            }
            // After a restart the whole SIM is read again.
            gateway.killHard()
            try await gateway.startReady()
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P2"))
            try await wait(for: "the second token") { gateway.modem.sentTexts.count == 2 }
            #expect(try await gateway.messages().count == 2)
            #expect(try await gateway.payments().count == 2)
        }
    }

    @Test("messages that do not fit on the SIM wait in the network, and all are received")
    func fullSIM() async throws {
        var options = SimulatedModem.Options()
        options.places = 3
        try await Gateway.run(options: options) { gateway in
            for number in 10..<30 { gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7\(number)")) }
            try await gateway.startReady()
            try await gateway.register([rehema])
            try await wait(for: "all messages to be handled") {
                try await gateway.messages().filter { $0.state == "handled" }.count == 20
            }
            #expect(gateway.modem.storedMessages == 0)
        }
    }

    @Test("an undecodable message is stored once and deleted from the SIM, even if the daemon is killed in between")
    func undecodable() async throws {
        try await Gateway.run { gateway in
            // The daemon is killed when the messages are stored but not yet deleted.
            gateway.modem.inject(.deletesNothing)
            try await gateway.startReady()
            for number in UInt8(1)...5 {
                gateway.modem.deliver(
                    from: "+255754000333", coding: 0, hasHeader: true, length: 7, data: [0xff, number, 1, 2, 3, 4, 5])
            }
            try await wait(for: "the raw messages") { try await gateway.messages().count == 5 }
            gateway.killHard()
            #expect(gateway.modem.storedMessages == 5)
            gateway.modem.heal()
            try await gateway.startReady()
            try await wait(for: "the SIM to be empty") { gateway.modem.storedMessages == 0 }
            let messages = try await gateway.messages()
            #expect(messages.count == 5)
            for message in messages {
                #expect(message.from == "+255754000333" && message.state == "failed" && message.disposition == nil)
                #expect(message.text.hasSuffix("0102030405") && message.note?.contains("SM") == true)
            }
            // They get no answer, and the modem keeps working.
            try await gateway.register([rehema])
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            try await wait(for: "the token") { gateway.modem.sentTexts.count == 1 }
        }
    }

    @Test("garbage on the line and an invalid PDU do no harm")
    func garbage() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            try await gateway.register([rehema])
            var random = SeededGenerator(seed: 7)
            for _ in 0..<20 {
                gateway.modem.babble(
                    (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) } + Array("\r\n".utf8))
            }
            gateway.modem.deliver(octets: [0x00, 0x04, 0xff, 0x91, 0x21, 0x43])
            gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
            try await wait(for: "the token") { gateway.modem.sentTexts.count >= 1 }
            #expect(gateway.daemon?.isRunning == true)
            try await gateway.expectCleanAudit()
        }
    }

    @Test(
        "a modem process behind a socket handles payments, and ends with the daemon",
        .enabled(if: SocketActivation.isThere))
    func servedProcess() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("m").path
            try await Gateway.run(modemMore: "socket = \"\(path)\"") { gateway in
                let lacking = try gridpost(["check", "--config", gateway.configuration])
                #expect(lacking.status == 0 && lacking.output.contains("\(path) does not exist now"))
                let socket = try SocketActivation(path: path, serving: [Products.modem])
                defer { socket.stop() }
                try await gateway.startReady()
                // The daemon itself starts no modem process.
                #expect(modemProcesses(of: gateway).isEmpty && socket.processes.count == 1)
                try await gateway.register([rehema])
                gateway.modem.deliver(from: "M-PESA", Gateway.confirmation("CKD4A2MX7P1"))
                try await wait(for: "the token") { gateway.modem.sentTexts.count == 1 }
                #expect(
                    try gridpost(["check", "--config", gateway.configuration]).output.contains("all checks passed"))
                try await gateway.expectCleanAudit()
                gateway.killHard()
                try await wait(for: "the process to end") { socket.processes.isEmpty }
            }
        }
    }
}
