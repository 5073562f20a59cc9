// SPDX-License-Identifier: GPL-2.0-or-later

import Glibc
import ModemMessages

/// Asks a port whether a modem is behind it, and which. Every command only reads.
enum Probe {
    private static let timeout: Int64 = 1_500
    /// A modem that detects its speed by itself needs some commands for it.
    private static let attempts = 3

    static func run(_ device: String) -> ProbeAnswer {
        do throws(ModemFailure) {
            let path = try PortCheck.look(at: device, AllowedPorts())
            return isInUse(path) ? .inUse : .modem(try facts(path))
        } catch {
            return .silent(error.reason)
        }
    }

    /// libgammu, as other programs, opens a port for itself alone.
    private static func isInUse(_ path: String) -> Bool {
        let descriptor = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor < 0 else {
            close(descriptor)
            return false
        }
        return errno == EBUSY
    }

    private static func facts(_ path: String) throws(ModemFailure) -> ModemFacts {
        let port = try RawPort(device: path, connection: "at115200", timeout: timeout)
        defer { port.close() }
        try greet(port)
        var facts = ModemFacts()
        facts.maker = answer(port, "+CGMI")
        facts.model = answer(port, "+CGMM")
        facts.firmware = answer(port, "+CGMR")
        facts.sim = answer(port, "+CPIN?")
        facts.stores = answer(port, "+CPMS=?")
        facts.indications = answer(port, "+CNMI=?")
        return facts
    }

    private static func greet(_ port: RawPort) throws(ModemFailure) {
        for attempt in 1...attempts {
            do throws(ModemFailure) {
                _ = try port.ask("AT")
                return
            } catch {
                guard attempt < attempts else { throw error }
            }
        }
    }

    /// The first line of an answer, without the command's name and quotes; the error of a modem that refuses.
    private static func answer(_ port: RawPort, _ command: String) -> String? {
        guard let reply = try? port.ask("AT" + command) else { return nil }
        let name = command.prefix { $0 != "=" && $0 != "?" } + ":"
        // Chatter of a modem that has just started may stand before.
        let line =
            reply.lines.first { $0.hasPrefix(name) } ?? reply.lines.first { !$0.hasPrefix("+") && !$0.hasPrefix("^") }
        guard reply.isOK, let line else { return reply.isOK ? nil : reply.final }
        let value = line.hasPrefix(name) ? line.dropFirst(name.count) : line[...]
        let text = value.drop { $0 == " " }.filter { $0 >= " " && $0 != "\u{7f}" }.prefix(200)
        let isQuoted = text.count > 1 && text.hasPrefix("\"") && text.hasSuffix("\"") && !text.contains(",")
        return isQuoted ? String(text.dropFirst().dropLast()) : String(text)
    }
}
