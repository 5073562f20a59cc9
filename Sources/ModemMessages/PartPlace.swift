// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// The position of a part in its concatenated message.
package struct PartPlace: Codable, Sendable, Hashable {
    package var reference: Int
    package var total: Int
    package var number: Int
    /// Whether the reference has 16 bits.
    package var isWide: Bool

    package init(reference: Int, total: Int, number: Int, isWide: Bool) {
        self.reference = reference
        self.total = total
        self.number = number
        self.isWide = isWide
    }
}
