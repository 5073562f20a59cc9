// SPDX-License-Identifier: GPL-2.0-or-later

import ModemMessages

/// Restarts a modem, or its radio, before libgammu opens it.
enum Restart {
    /// Registration takes a modem some seconds; switching the radio off takes up to ten.
    private static let timeout: Int64 = 10_000

    /// - Throws: `ModemFailure` if the modem does not answer, and after a restart of the modem, whose port may disappear.
    static func carryOut(_ restart: ModemRestart, _ settings: ModemSettings) throws(ModemFailure) {
        let port = try RawPort(device: settings.device, connection: settings.connection, timeout: timeout)
        defer { port.close() }
        _ = try port.ask("AT")
        switch restart {
        case .radio:
            // A modem that knows no flight mode switches off completely.
            if try !port.ask("AT+CFUN=4").isOK { _ = try port.ask("AT+CFUN=0") }
            _ = try port.ask("AT+CFUN=1")
        case .modem:
            let reply = try port.ask("AT+CFUN=1,1")
            throw ModemFailure(
                verdict: .modemTrouble,
                reason: reply.isOK ? "the modem starts anew" : "the modem refuses to start anew: \(reply.final)")
        }
    }
}
