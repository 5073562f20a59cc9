import Foundation
import ModemLink
import ModemMessages
import Simulator
import TestSupport
import Testing

@Suite("A modem process behind a socket", .enabled(if: SocketActivation.isThere))
struct ServedProcessTests {
    /// Runs a link to a socket that starts the modem process for each connection.
    private func run(
        _ options: [String] = [], waitsForReady: Bool = true,
        _ body: (LinkUnderTest, SocketActivation) async throws -> Void
    ) async throws {
        try await Fixtures.withFolder { folder in
            let socket = try SocketActivation(
                path: folder.appendingPathComponent("s").path, serving: [Products.modem] + options)
            defer { socket.stop() }
            try await LinkUnderTest.run(waitsForReady: waitsForReady, reach: .socket(path: socket.path)) {
                try await body($0, socket)
            }
            // The link and its connection are closed.
            try await wait(for: "the process to end") { socket.processes.isEmpty }
        }
    }

    private func saysDown(_ link: ModemLink, _ words: String) -> Bool {
        if case .down(let reason) = link.condition { reason.contains(words) } else { false }
    }

    @Test("messages are sent and received, and the process ends with its connection")
    func works() async throws {
        try await run { test, socket in
            #expect(socket.processes.count == 1)
            guard case .accepted = await test.link.send(LinkUnderTest.part("Token: 1234")) else {
                Issue.record("the modem did not take it")
                return
            }
            #expect(test.modem.sent.map(\.submit.text) == ["Token: 1234"])
            test.modem.deliver(from: "M-PESA", "received")
            try await wait(for: "the message") { test.parts.contains { $0.text == "received" } }
        }
    }

    @Test("a killed process is replaced by another, and the link continues with it")
    func killed() async throws {
        try await run { test, socket in
            let first = try #require(socket.processes.first)
            kill(first, SIGKILL)
            try await wait(for: "a new start") { test.link.isReady && test.restarts > 0 }
            #expect(socket.processes != [first])
            guard case .accepted = await test.link.send(LinkUnderTest.part("after it")) else {
                Issue.record("the modem did not take it")
                return
            }
        }
    }

    @Test("a process that misses its deadline ends when its connection is shut down")
    func overdue() async throws {
        try await run { test, socket in
            let first = try #require(socket.processes.first)
            test.modem.inject(.noPrompt)
            _ = await test.link.send(LinkUnderTest.part("no prompt comes for it"))
            try await wait(for: "a new start") { test.link.isReady && test.restarts > 0 }
            #expect(!socket.processes.contains(first))
        }
    }

    @Test("the link waits for a missing socket and for one that is not served")
    func missing() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("s").path
            try await LinkUnderTest.run(waitsForReady: false, reach: .socket(path: path)) { test in
                try await wait(for: "the link to report it") { saysDown(test.link, "\(path) does not exist") }
                let socket = try SocketActivation(path: path, serving: [Products.modem])
                defer { socket.stop() }
                try await wait(for: "the modem to be ready") { test.link.isReady }
            }
        }
    }

    @Test("a port that --allow does not permit is rejected")
    func otherPort() async throws {
        try await run(["--allow", "/dev/gridpost/"], waitsForReady: false) { test, _ in
            try await wait(for: "the refusal") { saysDown(test.link, "--allow") }
            #expect(test.modem.commands.isEmpty)
        }
    }
}
