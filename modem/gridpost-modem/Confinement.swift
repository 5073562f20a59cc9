// SPDX-License-Identifier: GPL-2.0-or-later

import CConfine
import Glibc
import ModemMessages

/// Drops the process's privileges before the modem's first byte is read. libgammu has faults that the sender of a
/// message can exploit, and an attacker who takes over the process must not gain anything.
///
/// The process keeps the channel, one serial port, memory, clocks and the running threads.
struct Confinement {
    private var isComplete = false

    /// Drops the privileges that do not depend on the port. Must be called first.
    static func begin() {
        guard gridpost_confine_memory() == 0 else { refuse("its memory") }
        // libgammu uses local times in some places. This zone needs no file, and no time used by the gateway depends on
        // it.
        setenv("TZ", "UTC0", 1)
        tzset()
    }

    /// Drops all privileges except this port, once per process. The port can be closed and opened again, by this path
    /// and by links to it.
    mutating func keepOnly(port: String) throws(ModemFailure) {
        guard !isComplete else { return }
        let version = gridpost_confine_files(port)
        guard version >= 0 else { throw failure("files") }
        if version == 0 {
            ModemProcess.complain(
                "gridpost-modem: this kernel has no Landlock; the process can read all files that its user can read.\n"
            )
        }
        // The thread inherits the file restrictions, because it is started after them; it cannot be started later.
        guard HangUpWatch.begin() else { throw failure("threads") }
        guard gridpost_confine_calls() == 0 else { throw failure("system calls") }
        isComplete = true
    }

    private func failure(_ what: String) -> ModemFailure {
        ModemFailure(
            verdict: .modemTrouble, reason: "the modem process cannot limit its \(what): \(Self.reason)",
            needsOperator: true)
    }

    private static var reason: String { String(cString: strerror(errno)) }

    private static func refuse(_ what: String) -> Never {
        ModemProcess.complain("gridpost-modem: the process cannot protect \(what): \(reason)\n")
        exit(71)
    }
}
