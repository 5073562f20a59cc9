import Foundation

/// A unix socket behind which each connection gets a program of its own, as a systemd socket unit with `Accept=yes` does it.
package struct SocketActivation: Sendable {
    private static let program = "/usr/bin/systemd-socket-activate"

    /// Whether this machine can do it.
    package static var isThere: Bool { FileManager.default.isExecutableFile(atPath: program) }

    /// Where to connect to.
    package let path: String
    private let server: ChildProgram

    /// Serves `arguments`, a program and its options, at `path`.
    package init(path: String, serving arguments: [String]) throws {
        self.path = path
        let quiet = ["/bin/sh", "-c", "exec \"$@\" >/dev/null 2>&1", "sh"]
        server = try ChildProgram(quiet + [Self.program, "--accept", "--listen=\(path)"] + arguments)
    }

    /// The programs that run now.
    package var processes: [pid_t] {
        let tasks = "/proc/\(server.process)/task"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
        return names.flatMap { name in
            let text = try? String(contentsOfFile: "\(tasks)/\(name)/children", encoding: .utf8)
            return (text ?? "").split(separator: " ").compactMap { pid_t($0) }
        }
    }

    /// Serves no more connections. Those that are there stay. To be called once.
    package func stop() {
        kill(server.process, SIGTERM)
        _ = server.wait()
    }
}
