// SPDX-License-Identifier: GPL-2.0-or-later

import CGammu
import Glibc

/// One process per modem: libgammu on one side, the daemon's channel on the other, nothing else.
@main
enum ModemProcess {
    static func main() {
        Confinement.begin()
        guard let ports = AllowedPorts(arguments: Array(CommandLine.arguments.dropFirst())) else {
            complain("gridpost-modem takes only --allow PREFIX: what the name of its serial port must begin with.\n")
            exit(64)
        }
        guard fcntl(Channel.descriptor, F_GETFD) >= 0 else {
            complain("gridpost-modem is started by the gridpost daemon, and has nothing to do on its own.\n")
            exit(64)
        }
        // The terminal's Ctrl-C and systemd's stop reach the whole group; the daemon decides when the modem may go.
        for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { signal(number, SIG_IGN) }
        // libgammu's locale must be set before any thread exists.
        GSM_InitLocales(nil)
        var session = Session(channel: Channel(), ports: ports)
        session.run()
    }

    /// Says something to whoever reads the standard error.
    static func complain(_ text: String) {
        _ = text.withCString { write(2, $0, strlen($0)) }
    }
}
