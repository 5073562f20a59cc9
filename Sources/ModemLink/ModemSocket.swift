import Foundation
import ModemMessages

/// Connects to a modem process that systemd starts.
enum ModemSocket {
    /// The longest path of a unix socket: its address has 108 bytes, and the last one is zero.
    static let longestPath = 107

    /// Returns the connected socket. Never waits: a socket that nobody serves has no room for more connections soon.
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
        // Once connected it is read by a thread of its own, which may wait.
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
            case ENOENT: "the socket \(path) is not there; its unit makes it (systemctl enable --now)"
            case ECONNREFUSED: "nobody serves the socket \(path); its unit must be started"
            case EAGAIN: "the socket \(path) is not being served"
            default: "the socket \(path) cannot be reached: \(String(cString: strerror(problem)))"
            }
        // A unit that is just being started needs nobody.
        return ModemFailure(verdict: .modemTrouble, reason: reason, needsOperator: problem == EACCES)
    }
}
