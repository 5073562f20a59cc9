import CLinux
import Glibc

/// A pair of descriptors that looks like a serial port to a program that opens `path`.
struct PseudoTerminal: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The modem's end.
    let descriptor: Int32
    let path: String
    /// Kept open, so that the modem's end does not hang up while no host has the port.
    private let held: Int32

    init() throws {
        var name = [CChar](repeating: 0, count: 128)
        descriptor = gridpost_open_pty(&name, name.count)
        guard descriptor >= 0 else {
            throw Failure(description: "cannot open a pseudo-terminal: \(String(cString: strerror(errno)))")
        }
        path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        held = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard held >= 0 else {
            throw Failure(description: "\(path) cannot be opened: \(String(cString: strerror(errno)))")
        }
        var settings = termios()
        tcgetattr(held, &settings)
        cfmakeraw(&settings)
        tcsetattr(held, TCSANOW, &settings)
    }

    /// Hangs up: programs that have the port open read the end of file.
    func hangUp() {
        close(held)
        close(descriptor)
    }

    /// Up to 4096 bytes that the host wrote; empty when there are none.
    func read() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        return count > 0 ? Array(buffer.prefix(count)) : []
    }

    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // The host does not read: bytes that do not fit are lost, as on a line without flow control.
                var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                if poll(&wait, 1, 200) <= 0 { return }
            } else if errno != EINTR {
                return
            }
        }
    }
}
