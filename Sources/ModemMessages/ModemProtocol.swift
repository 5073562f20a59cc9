// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// The protocol between the daemon and its modem process. The process states its version first; the daemon ends a
/// process of another version.
package enum ModemProtocol {
    package static let version = 7
    /// The maximum length of a line from the daemon in bytes, including the newline. A longer line ends the connection.
    package static let longestLine = 64 * 1024
    /// The maximum length of a line from the modem process in bytes; the longest content is one message.
    package static let longestReport = 16 * 1024
    /// The descriptor of the channel in the modem process.
    package static let descriptor: Int32 = 3
}
