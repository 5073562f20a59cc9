import Foundation
import ModemMessages

/// A connection to a modem process, and what its end asks of us.
enum ModemConnection: Sendable {
    /// A child of ours, at the other end of a socket pair.
    case child(socket: Int32, process: pid_t)
    /// A process that systemd starts for each connection to its socket, under a user of its own.
    case served(socket: Int32)

    /// Starts the process, or connects to the socket behind which it is started.
    init(_ reach: ModemReach) throws(ModemFailure) {
        switch reach {
        case .child(let program): self = try ModemSpawn.start(program)
        case .socket(let path): self = .served(socket: try ModemSocket.connect(to: path))
        }
    }

    /// Our end of the channel.
    var socket: Int32 {
        switch self {
        case .child(let socket, _), .served(let socket): socket
        }
    }

    /// The child's number.
    var process: pid_t? {
        switch self {
        case .child(_, let process): process
        case .served: nil
        }
    }

    /// Ends the process. One that is not a child is not ours to kill: it ends by itself as soon as the connection is shut
    /// down, for a thread of it waits for that, whatever else it is doing.
    func kill() {
        switch self {
        case .child(_, let process): Glibc.kill(process, SIGKILL)
        case .served(let socket): shutdown(socket, Int32(SHUT_RDWR))
        }
    }

    /// Takes a killed child's exit status, and with it the last trace of the child.
    func reap() {
        guard case .child(_, let process) = self else { return }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
}
