// SPDX-License-Identifier: GPL-2.0-or-later

import Glibc
import ModemMessages

/// The serial port without libgammu: one command, and the lines of its answer, with limits on time and size.
///
/// libgammu's session must be closed before, and is opened again after this is closed.
final class RawPort {
    /// The modem's answer to one command.
    struct Reply {
        /// The lines before the final one, without the echo of the command.
        var lines: [String]
        /// The final line: `OK`, or an error.
        var final: String

        var isOK: Bool { final == "OK" }
    }

    private static let longestLine = 1_024
    private static let longestReply = 16_384
    /// A SIM needs some seconds to delete.
    private static let usualTimeout: Int64 = 5_000

    /// The timeout of one command in milliseconds.
    private let timeout: Int64
    private let descriptor: Int32
    private var unread: [UInt8] = []

    /// Opens the device. `connection` is libgammu's name of the connection, such as `at115200`; its digits are the
    /// speed.
    ///
    /// - Throws: `ModemFailure` with verdict `modemTrouble` if the port cannot be opened.
    init(device: String, connection: String, timeout: Int64 = usualTimeout) throws(ModemFailure) {
        self.timeout = timeout
        descriptor = open(device, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.trouble("cannot be opened: \(String(cString: strerror(errno)))") }
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else {
            let reason = String(cString: strerror(errno))
            Glibc.close(descriptor)
            throw Self.trouble("is not a serial port: \(reason)")
        }
        cfmakeraw(&settings)
        settings.c_cflag |= tcflag_t(CLOCAL | CREAD)
        if let speed = Self.speed(of: connection) { cfsetspeed(&settings, speed) }
        tcsetattr(descriptor, TCSANOW, &settings)
        tcflush(descriptor, TCIFLUSH)
    }

    func close() { Glibc.close(descriptor) }

    /// Sends one command and returns the answer.
    ///
    /// - Throws: `ModemFailure` with verdict `modemTrouble` if the answer is late or too long, or the port is gone.
    ///   After that it is unknown to which command the next answer belongs.
    func ask(_ command: String) throws(ModemFailure) -> Reply {
        let end = Monotonic.milliseconds + timeout
        try write(Array((command + "\r").utf8), until: end)
        var reply = Reply(lines: [], final: "")
        var size = 0
        while true {
            let line = try readLine(until: end)
            size += line.utf8.count
            guard size <= Self.longestReply else { throw Self.trouble("sends an answer that is too long") }
            if line.isEmpty || line == command { continue }
            if line == "OK" || line == "ERROR" || line.hasPrefix("+CMS ERROR") || line.hasPrefix("+CME ERROR") {
                reply.final = line
                return reply
            }
            reply.lines.append(line)
        }
    }

    private func readLine(until end: Int64) throws(ModemFailure) -> String {
        while true {
            if let index = unread.firstIndex(where: { $0 == 0x0a || $0 == 0x0d }) {
                let line = String(decoding: unread[..<index], as: UTF8.self)
                unread.removeSubrange(...index)
                return line
            }
            guard unread.count <= Self.longestLine else { throw Self.trouble("sends a line that is too long") }
            try wait(for: POLLIN, until: end)
            var buffer = [UInt8](repeating: 0, count: 1_024)
            let count = read(descriptor, &buffer, buffer.count)
            if count > 0 {
                unread += buffer.prefix(count)
            } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
                throw Self.trouble("is gone")
            }
        }
    }

    private func write(_ bytes: [UInt8], until end: Int64) throws(ModemFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                try wait(for: POLLOUT, until: end)
            } else if errno != EINTR {
                throw Self.trouble("is gone")
            }
        }
    }

    private func wait(for events: Int32, until end: Int64) throws(ModemFailure) {
        let left = end - Monotonic.milliseconds
        guard left > 0 else { throw Self.trouble("does not answer") }
        var wait = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        _ = poll(&wait, 1, Int32(clamping: left))
        guard wait.revents & Int16(POLLHUP | POLLERR | POLLNVAL) == 0 else { throw Self.trouble("is gone") }
    }

    private static func trouble(_ what: String) -> ModemFailure {
        ModemFailure(verdict: .modemTrouble, reason: "the modem's port, without libgammu, \(what)")
    }

    private static func speed(of connection: String) -> speed_t? {
        let digits = connection.reversed().prefix { $0.isNumber }.reversed()
        let speeds: [Int: Int32] = [
            9_600: B9600, 19_200: B19200, 38_400: B38400, 57_600: B57600, 115_200: B115200, 230_400: B230400,
            460_800: B460800, 921_600: B921600,
        ]
        return Int(String(digits)).flatMap { speeds[$0] }.map { speed_t($0) }
    }
}
