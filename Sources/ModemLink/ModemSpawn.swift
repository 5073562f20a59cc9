import CLinux
import Foundation
import ModemMessages

/// Starts the modem process as a child of the daemon.
enum ModemSpawn {
    /// Starts `program` and passes it one end of a socket pair.
    static func start(_ program: String) throws(ModemFailure) -> ModemConnection {
        var ends: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw failure("cannot create a socket pair: \(String(cString: strerror(errno)))")
        }
        defer { close(ends[1]) }
        var process: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(program), nil]
        defer { free(arguments[0]) }
        let problem = gridpost_spawn(program, &arguments, ends[1], &process)
        guard problem == 0 else {
            close(ends[0])
            throw failure("\(program) cannot be started: \(String(cString: strerror(problem)))")
        }
        return .child(socket: ends[0], process: process)
    }

    private static func failure(_ reason: String) -> ModemFailure {
        ModemFailure(verdict: .modemTrouble, reason: reason, needsOperator: true)
    }
}
