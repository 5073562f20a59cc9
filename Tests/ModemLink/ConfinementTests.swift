import Foundation
import ModemLink
import Simulator
import TestSupport
import Testing

/// Whether the kernel has Landlock.
private let hasLandlock = (try? Probe.run(["--has-landlock"]).outcome) == .done

/// The test program that confines itself like a modem process and then makes one attempt.
private enum Probe {
    enum Outcome: Hashable {
        case done
        case refused
        /// The kernel killed the process.
        case ended
        case broken(ChildProgram.End)
    }

    static func run(_ arguments: [String]) throws -> (outcome: Outcome, reason: String) {
        let child = try ChildProgram([Products.confinementProbe] + arguments)
        let reason = child.read()
        let end = child.wait()
        return switch end {
        case .exit(0): (.done, reason)
        case .exit(1): (.refused, reason)
        case .signal(SIGSYS): (.ended, reason)
        case .exit, .signal: (.broken(end), reason)
        }
    }

    /// Makes the attempt in the main thread, and in a thread started before the calls were filtered.
    static func expect(
        _ attempt: String, _ outcome: Outcome, device: String, target: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        for option in [[], ["--in-thread"]] {
            let (found, reason) = try run(option + [device, attempt] + (target.map { [$0] } ?? []))
            #expect(found == outcome, "\(attempt) \(option): \(reason)", sourceLocation: sourceLocation)
        }
    }
}

@Suite("The confinement of a modem process")
struct ConfinementTests {
    private func withModems(_ body: (URL, SimulatedModem, SimulatedModem) throws -> Void) async throws {
        try await Fixtures.withFolder { folder in
            var options = SimulatedModem.Options()
            options.link = folder.appendingPathComponent("port").path
            let (own, other) = (try SimulatedModem(options), try SimulatedModem())
            defer {
                own.stop()
                other.stop()
            }
            try body(folder, own, other)
        }
    }

    @Test(
        "a call that only a hijacked process makes kills it",
        arguments: [
            "socket", "unix-socket", "execve", "ptrace", "process-vm-readv", "process-vm-writev", "bpf", "keyctl",
            "io-uring", "unshare", "personality",
        ])
    func deadly(attempt: String) async throws {
        try await withModems { _, own, _ in
            try Probe.expect(
                attempt, .ended, device: own.path, target: attempt == "execve" ? "/bin/true" : nil)
        }
    }

    @Test(
        "a call that is not needed is denied",
        arguments: [
            "fork", "kill", "tgkill", "undo", "limits", "executable-memory", "protecting", "typing",
        ])
    func refused(attempt: String) async throws {
        try await withModems { _, own, _ in try Probe.expect(attempt, .refused, device: own.path) }
    }

    @Test("no file can be created, changed or removed")
    func writing() async throws {
        try await withModems { folder, own, _ in
            let file = folder.appendingPathComponent("file").path
            let new = folder.appendingPathComponent("new").path
            try "kept".write(toFile: file, atomically: false, encoding: .utf8)
            for attempt in ["create", "unlink", "chmod"] {
                try Probe.expect(attempt, .refused, device: own.path, target: file)
            }
            for attempt in ["create", "mkdir"] { try Probe.expect(attempt, .refused, device: own.path, target: new) }
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "kept")
            #expect(!FileManager.default.fileExists(atPath: new))
        }
    }

    @Test("no file, folder or other port can be opened", .enabled(if: hasLandlock))
    func opening() async throws {
        try await withModems { folder, own, other in
            let file = folder.appendingPathComponent("file").path
            try "secret".write(toFile: file, atomically: false, encoding: .utf8)
            for path in ["/etc/passwd", "/proc/self/mem", "/dev/null", file] {
                try Probe.expect("read", .refused, device: own.path, target: path)
            }
            try Probe.expect("write", .refused, device: own.path, target: file)
            try Probe.expect("list", .refused, device: own.path, target: folder.path)
            try Probe.expect("terminal", .refused, device: own.path, target: other.path)
        }
    }

    @Test("its own port can be closed and opened again, by its name and through a link")
    func ownPort() async throws {
        try await withModems { _, own, _ in
            let path = URL(fileURLWithPath: own.path).resolvingSymlinksInPath().path
            #expect(path != own.path)
            for (device, target) in [(path, path), (path, own.path), (own.path, own.path), (own.path, path)] {
                try Probe.expect("port", .done, device: device, target: target)
            }
        }
    }

    @Test("every thread of a running modem process is confined")
    func atWork() async throws {
        try await LinkUnderTest.run { test in
            let process = try #require(test.link.process)
            let threads = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")
            // The main thread, and the one that watches for hang-ups.
            #expect(threads.count == 2)
            for thread in threads {
                let status = try String(contentsOfFile: "/proc/\(process)/task/\(thread)/status", encoding: .utf8)
                #expect(status.contains("NoNewPrivs:\t1\n") && status.contains("Seccomp:\t2\n"))
            }
            // The /proc files of a process with protected memory belong to root.
            let owner = try FileManager.default.attributesOfItem(atPath: "/proc/\(process)/mem")[.ownerAccountID]
            #expect(owner as? Int == 0)
        }
    }
}
