import Foundation
import ModemMessages

/// A connection to a modem process, and how to end that process.
enum ModemConnection: Sendable {
    /// A child process at the other end of a socket pair.
    case child(socket: Int32, process: pid_t)
    /// A process that systemd starts for each connection to its socket, under its own user.
    case served(socket: Int32)

    /// Starts the process, or connects to the socket that starts it.
    init(_ reach: ModemReach) throws(ModemFailure) {
        switch reach {
        case .child(let program): self = try ModemSpawn.start(program)
        case .socket(let path): self = .served(socket: try ModemSocket.connect(to: path))
        }
    }

    /// The daemon's end of the channel.
    var socket: Int32 {
        switch self {
        case .child(let socket, _), .served(let socket): socket
        }
    }

    /// The process id of the child.
    var process: pid_t? {
        switch self {
        case .child(_, let process): process
        case .served: nil
        }
    }

    /// Ends the process. A child is killed. A process started by systemd ends by itself when the connection is shut
    /// down, because one of its threads waits for that in any state.
    func kill() {
        switch self {
        case .child(_, let process): Glibc.kill(process, SIGKILL)
        case .served(let socket): shutdown(socket, Int32(SHUT_RDWR))
        }
    }

    /// Reaps a child that was killed.
    func reap() {
        guard case .child(_, let process) = self else { return }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
}
