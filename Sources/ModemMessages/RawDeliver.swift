// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// A received message as octets: the SMSC address and an SMS-DELIVER (3GPP TS 23.040, 9.2.2.1), parsed as far as
/// possible. It comes from unknown senders and may be invalid.
package struct RawDeliver: Sendable, Hashable {
    /// Type of number and numbering plan (9.1.2.5).
    package private(set) var addressType: UInt8
    /// The digits of the address as semi-octets, or its letters as packed septets.
    package private(set) var address: [UInt8]
    /// The number of significant semi-octets of the address.
    package private(set) var addressLength: Int
    /// Whether the message has no unusual fields, so that every phone and libgammu can read it.
    package private(set) var isOrdinary = false

    /// Returns `nil` if the octets end before the originator does, or are not an SMS-DELIVER.
    package init?(_ octets: [UInt8]) {
        guard let smscLength = octets.first, smscLength <= 12 else { return nil }
        var rest = octets.dropFirst(1 + Int(smscLength))
        guard let flags = rest.popFirst(), flags & 3 == 0, let length = rest.popFirst(), length <= 22,
            let type = rest.popFirst(), rest.count >= (Int(length) + 1) / 2
        else { return nil }
        addressType = type
        addressLength = Int(length)
        address = Array(rest.prefix((Int(length) + 1) / 2))
        rest = rest.dropFirst(address.count)
        // Protocol identifier, coding scheme, time stamp of seven octets, user data length.
        guard rest.count >= 10 else { return }
        rest = rest.dropFirst()
        let coding = rest.removeFirst()
        rest = rest.dropFirst(7)
        let count = Int(rest.removeFirst())
        guard let size = Self.size(of: count, coding), size == rest.count, size <= 140 else { return }
        if flags & 0x40 != 0 {
            guard let header = rest.first, Int(header) + 1 <= size else { return }
        }
        isOrdinary = true
    }

    /// The number of octets of user data of this length; `nil` for rare coding schemes (3GPP TS 23.038, 4).
    private static func size(of length: Int, _ coding: UInt8) -> Int? {
        switch (coding & 0xf0, coding & 0x0c) {
        case (0x00, 0x00), (0x10, 0x00): (length * 7 + 7) / 8
        case (0x00, 0x04), (0x00, 0x08), (0x10, 0x04), (0x10, 0x08): length
        case (0xf0, _) where coding & 0x08 == 0: coding & 0x04 == 0 ? (length * 7 + 7) / 8 : length
        default: nil
        }
    }

    /// Parses hexadecimal digits; returns `nil` for other characters, an empty text or an odd number of digits.
    package static func octets(_ digits: String) -> [UInt8]? {
        let values = digits.utf8.map { digit -> UInt8? in
            switch digit {
            case 0x30...0x39: digit - 0x30
            case 0x41...0x46: digit - 0x37
            case 0x61...0x66: digit - 0x57
            default: nil
            }
        }
        guard !values.isEmpty, values.count.isMultiple(of: 2) else { return nil }
        var octets: [UInt8] = []
        for index in stride(from: 0, to: values.count, by: 2) {
            guard let high = values[index], let low = values[index + 1] else { return nil }
            octets.append(high << 4 | low)
        }
        return octets
    }

    /// Octets as hexadecimal digits.
    package static func digits(_ octets: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for octet in octets { text += [digits[Int(octet >> 4)], digits[Int(octet & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    /// The mark of all octets; see `MessageMark`.
    package static func mark(_ octets: [UInt8]) -> Int64 {
        var mark = MessageMark()
        mark.add(octets)
        return mark.value
    }
}
