// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// The SIM location of a stored message, in libgammu's numbering, and a mark that identifies the message.
///
/// A freed location is reused by the next message at once: without the mark, a late deletion would delete the wrong
/// one.
package struct StoredPlace: Codable, Sendable, Hashable {
    package var location: Int
    /// Tells this message from the next one at the same location.
    package var mark: Int64
    /// The message was read without libgammu: the mark is computed from its octets, and it is deleted without libgammu.
    package var isRaw: Bool

    package init(location: Int, mark: Int64, isRaw: Bool = false) {
        self.location = location
        self.mark = mark
        self.isRaw = isRaw
    }
}
