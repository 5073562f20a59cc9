// SPDX-License-Identifier: GPL-2.0-or-later

import CConfine
import Glibc
import ModemMessages

/// Takes the process's rights away before the modem's first byte is read: libgammu has faults that the sender of a message
/// can use, and whoever takes the process over must find nothing in it.
///
/// What is left: the channel, one serial port, memory, clocks and threads that run already.
struct Confinement {
    private var isComplete = false

    /// What can be given up before the port is known. To be called first of all.
    static func begin() {
        guard gridpost_confine_memory() == 0 else { refuse("its memory") }
        // libgammu asks for local times here and there. This zone needs no file, and no time that we use depends on it.
        setenv("TZ", "UTC0", 1)
        tzset()
    }

    /// Gives up everything but this port, once for the life of the process. The port can be closed and opened again,
    /// by this path and by links to it.
    mutating func keepOnly(port: String) throws(ModemFailure) {
        guard !isComplete else { return }
        let version = gridpost_confine_files(port)
        guard version >= 0 else { throw failure("files") }
        if version == 0 {
            ModemProcess.complain(
                "gridpost-modem: this kernel has no Landlock; the process could read the files that its user can read.\n"
            )
        }
        // The thread has given up the same files, for it is started after; it could not be started later.
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
