import Foundation

/// A concatenated message part: its position in the user data header (3GPP TS 23.040, 9.2.3.24.1 and .8).
package struct Concatenation: Hashable, Sendable {
    package var reference: UInt16
    package var total: UInt8
    package var number: UInt8
    /// Whether the reference has 16 bits.
    package var isWide: Bool

    package init(reference: UInt16, total: UInt8, number: UInt8, isWide: Bool = false) {
        self.reference = reference
        self.total = total
        self.number = number
        self.isWide = isWide
    }

    var header: [UInt8] {
        isWide
            ? [6, 8, 4, UInt8(reference >> 8), UInt8(truncatingIfNeeded: reference), total, number]
            : [5, 0, 3, UInt8(truncatingIfNeeded: reference), total, number]
    }

    /// Finds the concatenation element in a user data header without its length octet.
    init?(header: [UInt8]) {
        var index = 0
        while index + 2 <= header.count {
            let length = Int(header[index + 1])
            let body = Array(header.dropFirst(index + 2).prefix(length))
            switch (header[index], body.count) {
            case (0, 3):
                self.init(reference: UInt16(body[0]), total: body[1], number: body[2])
                return
            case (8, 4):
                self.init(
                    reference: UInt16(body[0]) << 8 | UInt16(body[1]), total: body[2], number: body[3], isWide: true)
                return
            default: index += 2 + length
            }
        }
        return nil
    }
}
