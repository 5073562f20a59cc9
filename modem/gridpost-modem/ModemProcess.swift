// SPDX-License-Identifier: GPL-2.0-or-later

import CGammu
import Foundation
import Glibc
import ModemMessages

/// The modem process, one per modem: it connects libgammu with the daemon's channel.
@main
enum ModemProcess {
    static func main() {
        Confinement.begin()
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "probe", arguments.count == 2 { return probe(arguments[1]) }
        guard let ports = AllowedPorts(arguments: arguments) else {
            complain(
                "gridpost-modem: the options are --allow PREFIX, the prefix of permitted serial ports, or probe PORT.\n"
            )
            exit(64)
        }
        guard fcntl(Channel.descriptor, F_GETFD) >= 0 else {
            complain("gridpost-modem is started by the gridpost daemon and cannot be run on its own.\n")
            exit(64)
        }
        // Ctrl-C and systemd's stop signal the whole process group; the daemon decides when this process ends.
        for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { signal(number, SIG_IGN) }
        // libgammu's locale must be set before any thread exists.
        GSM_InitLocales(nil)
        var session = Session(channel: Channel(), ports: ports)
        session.run()
    }

    /// Prints what is behind a port, as one line of JSON.
    private static func probe(_ device: String) {
        let line = (try? JSONEncoder().encode(Probe.run(device))) ?? Data()
        _ = (line + [0x0a]).withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
    }

    /// Writes a message to the standard error.
    static func complain(_ text: String) {
        _ = text.withCString { write(2, $0, strlen($0)) }
    }
}
