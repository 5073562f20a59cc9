import Foundation
import ModemMessages
import NIOConcurrencyHelpers
import TestSupport
import Testing

@testable import ModemLink

@Suite("A modem process that sends too much")
struct FloodTests {
    /// Runs a shell script as the modem process.
    private func run(
        _ script: String, _ body: (ModemChannel, EventQueue, _ hasEnded: () -> Bool) async throws -> Void
    ) async throws {
        try await Fixtures.withFolder { folder in
            let program = folder.appendingPathComponent("modem")
            try "#!/bin/sh\n\(script)\n".write(to: program, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program.path)
            let ended = NIOLockedValueBox(false)
            let queue = EventQueue(capacity: 1_000)
            var connection: ModemConnection?
            // A child process of another test may hold the script open until it has executed its own program.
            try await wait(for: "the script to be closed") {
                connection = try? ModemConnection(.child(program: program.path))
                return connection != nil
            }
            let channel = ModemChannel(
                try #require(connection), queue: queue, onNews: { _ in },
                onEnd: { ended.withLockedValue { $0 = true } })
            defer { channel.kill() }
            try await body(channel, queue) { ended.withLockedValue { $0 } }
        }
    }

    private func line(_ report: ModemReport) throws -> String {
        String(decoding: try JSONEncoder().encode(report), as: UTF8.self)
    }

    @Test("is not read while a thousand events wait, continues when there is room, and can still be ended")
    func events() async throws {
        let event = try line(.event(.unreadable(location: 1)))
        try await run("exec /usr/bin/yes '\(event)' >&3") { channel, queue, hasEnded in
            for _ in 0..<20 {
                try await wait(for: "a full queue") { queue.count == 1_000 }
                // The process blocks, because its output is not read.
                let process = try #require(channel.process)
                try await wait(for: "the process to wait") {
                    try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8).contains(") S ")
                }
                #expect(queue.takeAll().count == 1_000)
            }
            try await wait(for: "a full queue") { queue.count == 1_000 }
            #expect(!hasEnded())
            channel.kill()
            try await wait(for: "its end") { hasEnded() }
            #expect(queue.count <= 1_000)
        }
    }

    @Test("a missing answer fails at its deadline, also if events are queued before it")
    func answers() async throws {
        let event = try line(.event(.unreadable(location: 1)))
        try await run("exec /usr/bin/yes '\(event)' >&3") { channel, _, hasEnded in
            await #expect(throws: ModemChannel.Gone.self) {
                try await channel.call(.status, deadline: .milliseconds(300))
            }
            try await wait(for: "its end") { hasEnded() }
        }
    }

    @Test("a line of more than 16 KiB ends the connection", arguments: ["", "\\n"])
    func longLine(end: String) async throws {
        try await run("printf '%20000d\(end)' 1 >&3; exec sleep 60") { _, queue, hasEnded in
            try await wait(for: "its end") { hasEnded() }
            #expect(queue.count == 0)
        }
    }

    @Test("the location read at the end of the process is known, and a survived one is not")
    func places() async throws {
        let (first, none) = (try line(.reading(location: 3)), try line(.reading(location: nil)))
        try await run("echo '\(first)' >&3") { channel, _, hasEnded in
            try await wait(for: "its end") { hasEnded() }
            #expect(channel.endedAt == 3)
        }
        try await run("echo '\(first)' >&3; echo '\(none)' >&3") { channel, _, hasEnded in
            try await wait(for: "its end") { hasEnded() }
            #expect(channel.endedAt == nil)
        }
    }
}
