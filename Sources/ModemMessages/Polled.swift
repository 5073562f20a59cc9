// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// The progress of a scan of the stores.
package struct Polled: Codable, Sendable, Hashable {
    /// The number of messages read.
    package var found: Int
    /// The scan is complete; otherwise the next call continues it.
    package var isComplete: Bool
    /// The locations, in libgammu's numbering, that libgammu must not read.
    package var avoided: [Int]

    package init(found: Int, isComplete: Bool, avoided: [Int]) {
        self.found = found
        self.isComplete = isComplete
        self.avoided = avoided
    }
}
