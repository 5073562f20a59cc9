// SPDX-License-Identifier: GPL-2.0-or-later

import CGammu
import Glibc

/// The modem process, one per modem: it connects libgammu with the daemon's channel.
@main
enum ModemProcess {
    static func main() {
        Confinement.begin()
        guard let ports = AllowedPorts(arguments: Array(CommandLine.arguments.dropFirst())) else {
            complain("gridpost-modem: the only option is --allow PREFIX, the prefix of permitted serial ports.\n")
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

    /// Writes a message to the standard error.
    static func complain(_ text: String) {
        _ = text.withCString { write(2, $0, strlen($0)) }
    }
}
