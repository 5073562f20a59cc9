import Foundation

/// A unix socket that starts a program for each connection, like a systemd socket unit with `Accept=yes`.
package struct SocketActivation: Sendable {
    private static let program = "/usr/bin/systemd-socket-activate"

    /// Whether systemd-socket-activate is installed.
    package static var isThere: Bool { FileManager.default.isExecutableFile(atPath: program) }

    /// The path of the socket.
    package let path: String
    private let server: ChildProgram

    /// Serves `arguments`, a program and its options, at `path`.
    /// - Throws: `ChildProgram.CannotStart`.
    package init(path: String, serving arguments: [String]) throws {
        self.path = path
        let quiet = ["/bin/sh", "-c", "exec \"$@\" >/dev/null 2>&1", "sh"]
        server = try ChildProgram(quiet + [Self.program, "--accept", "--listen=\(path)"] + arguments)
    }

    /// The programs that are running now.
    package var processes: [pid_t] {
        let tasks = "/proc/\(server.process)/task"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
        return names.flatMap { name in
            let text = try? String(contentsOfFile: "\(tasks)/\(name)/children", encoding: .utf8)
            return (text ?? "").split(separator: " ").compactMap { pid_t($0) }
        }
    }

    /// Stops accepting connections; existing ones stay open. Call it only once.
    package func stop() {
        kill(server.process, SIGTERM)
        _ = server.wait()
    }
}
