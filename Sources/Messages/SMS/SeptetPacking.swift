/// Packs 7-bit characters into octets and unpacks them (3GPP TS 23.038, 6.1.2.1).
package enum SeptetPacking {
    /// Packs septets after a user data header of `headerOctets` octets, with the fill bits that it needs.
    package static func pack(_ septets: [UInt8], after headerOctets: Int = 0) -> [UInt8] {
        let fill = (7 - headerOctets * 8 % 7) % 7
        var octets = [UInt8](repeating: 0, count: (septets.count * 7 + fill + 7) / 8)
        for (index, septet) in septets.enumerated() {
            let bit = fill + index * 7
            octets[bit / 8] |= septet << UInt8(bit % 8)
            if bit % 8 > 1 { octets[bit / 8 + 1] |= septet >> UInt8(8 - bit % 8) }
        }
        return octets
    }

    /// Unpacks `count` septets, or fewer if the octets end before.
    package static func unpack(_ octets: [UInt8], count: Int, after headerOctets: Int = 0) -> [UInt8] {
        let fill = (7 - headerOctets * 8 % 7) % 7
        return (0..<max(0, count)).compactMap { index in
            let bit = fill + index * 7
            guard bit / 8 < octets.count else { return nil }
            let low = octets[bit / 8] >> UInt8(bit % 8)
            let high = bit / 8 + 1 < octets.count && bit % 8 > 1 ? octets[bit / 8 + 1] << UInt8(8 - bit % 8) : 0
            return (low | high) & 0x7f
        }
    }
}
