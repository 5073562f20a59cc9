import Foundation
import ModemMessages

/// Connects to a modem process that systemd starts.
enum ModemSocket {
    /// The maximum length of a unix socket path: the address has 108 bytes, the last one being zero.
    static let longestPath = 107

    /// Returns the connected socket. Never blocks, because the backlog of a socket that is not served fills up.
    static func connect(to path: String) throws(ModemFailure) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count <= longestPath else { throw failure(path, ENAMETOOLONG) }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
        let socket = Glibc.socket(AF_UNIX, Int32(kind), 0)
        guard socket >= 0 else { throw failure(path, errno) }
        let isConnected = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        // From here on a dedicated thread reads the socket and may block.
        guard isConnected, fcntl(socket, F_SETFL, 0) == 0 else {
            let problem = errno
            close(socket)
            throw failure(path, problem)
        }
        return socket
    }

    private static func failure(_ path: String, _ problem: Int32) -> ModemFailure {
        let reason =
            switch problem {
            case ENOENT: "the socket \(path) does not exist; enable its socket unit (systemctl enable --now)"
            case ECONNREFUSED: "the socket \(path) refuses connections; start its socket unit"
            case EAGAIN: "the socket \(path) does not accept connections"
            default: "cannot connect to the socket \(path): \(String(cString: strerror(problem)))"
            }
        // A unit that is still starting needs no operator.
        return ModemFailure(verdict: .modemTrouble, reason: reason, needsOperator: problem == EACCES)
    }
}
