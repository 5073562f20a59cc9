// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// A report from the modem process: its version once, then answers and events.
package enum ModemReport: Codable, Sendable {
    case hello(version: Int)
    case answer(id: Int, ModemAnswer)
    case event(ModemEvent)
    /// The location, in libgammu's numbering, that libgammu is about to read; `nil` when it has returned. If the
    /// process ends in between, the daemon knows at which message.
    case reading(location: Int?)
    /// The stores contain something that the next `poll` can read; the daemon should poll soon.
    case wantsPoll
}
