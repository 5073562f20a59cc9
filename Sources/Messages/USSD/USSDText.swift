/// Decodes the text of a USSD line as a modem sends it.
///
/// The data coding scheme tells the alphabet (3GPP TS 23.038, 5), but how the modem writes it depends on the modem: plain
/// text, or hexadecimal digits of UTF-16, of packed septets, or of one octet a character. Modems do not say which. So the
/// text is read in the way that gives a readable text.
package enum USSDText {
    /// The text of the bytes between the quotes, without padding.
    package static func decode(_ bytes: [UInt8], coding: Int?) -> String {
        guard let octets = hexadecimal(bytes) else { return trimmed(plain(bytes)) }
        // Packed septets without any digit above 9 are less likely than a number.
        let isNumber = bytes.allSatisfy { (0x30...0x39).contains($0) }
        return trimmed(isNumber && !looksWide(octets) ? plain(bytes) : text(of: octets, coding))
    }

    /// The octets if there are only hexadecimal digits, and so many that a text of digits is unlikely. A digit that was cut
    /// off is ignored.
    private static func hexadecimal(_ bytes: [UInt8]) -> [UInt8]? {
        var octets: [UInt8] = []
        var high: UInt8?
        for byte in bytes where byte != 0x0d && byte != 0x0a {
            let value: UInt8
            switch byte {
            case 0x30...0x39: value = byte - 0x30
            case 0x41...0x46: value = byte - 0x37
            case 0x61...0x66: value = byte - 0x57
            default: return nil
            }
            if let first = high {
                octets.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return octets.count >= 2 ? octets : nil
    }

    private static func text(of octets: [UInt8], _ coding: Int?) -> String {
        let wide = utf16(octets)
        if let coding, isUCS2(coding), let wide { return coding == 0x11 ? withoutLanguage(wide) : wide }
        if let wide, isReadable(wide), looksWide(octets) { return wide }
        if octets.allSatisfy({ $0 < 0x80 }) {
            let single = ascii(octets) ?? GSMAlphabet.text(of: octets)
            if isReadable(single) { return single }
        }
        let packed = unpacked(octets)
        return !isReadable(packed) ? wide.flatMap { isReadable($0) ? $0 : nil } ?? packed : packed
    }

    /// Seven octets hold eight septets, of which the last is padding: it would be `@`.
    private static func unpacked(_ octets: [UInt8]) -> String {
        var septets = SeptetPacking.unpack(octets, count: octets.count * 8 / 7)
        if octets.count.isMultiple(of: 7), septets.last == 0 { septets.removeLast() }
        return GSMAlphabet.text(of: septets)
    }

    private static func plain(_ bytes: [UInt8]) -> String {
        if let ascii = ascii(bytes) { return ascii }
        if let text = String(validating: bytes, as: UTF8.self), bytes.contains(where: { $0 >= 0x80 }) { return text }
        return bytes.allSatisfy { $0 < 0x80 } ? GSMAlphabet.text(of: bytes) : String(decoding: bytes, as: UTF8.self)
    }

    /// The text if it has no control characters but line breaks: a modem with GSM's alphabet sends `@` as 0.
    private static func ascii(_ bytes: [UInt8]) -> String? {
        guard bytes.allSatisfy({ (0x20...0x7e).contains($0) || $0 == 0x0a || $0 == 0x0d || $0 == 0x09 }) else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func utf16(_ octets: [UInt8]) -> String? {
        guard octets.count >= 2 else { return nil }
        let units = stride(from: 0, to: octets.count - 1, by: 2).map {
            UInt16(octets[$0]) << 8 | UInt16(octets[$0 + 1])
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// Whether UTF-16 is likely: most high octets are those of Latin letters, or all the same.
    private static func looksWide(_ octets: [UInt8]) -> Bool {
        guard octets.count.isMultiple(of: 2) else { return false }
        let high = stride(from: 0, to: octets.count, by: 2).map { octets[$0] }
        let latin = high.count { $0 == 0 || $0 == 0x20 || $0 == 0x1e }
        return latin * 10 >= high.count * 8 || (high.count > 3 && Set(high.filter { $0 != 0 }).count == 1)
    }

    private static func isReadable(_ text: String) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar.properties.generalCategory {
                case .control: scalar == "\n" || scalar == "\r" || scalar == "\t" || scalar == "\u{0C}"
                case .unassigned, .privateUse, .surrogate: false
                default: scalar != "\u{FFFD}"
                }
            }
    }

    /// Whether the scheme says UCS-2: 0x11 with a language in front, or the general group's alphabet 2.
    private static func isUCS2(_ coding: Int) -> Bool {
        let hasAlphabet = coding & 0xc0 == 0x40 || coding & 0xf0 == 0x90
        return coding == 0x11 || (hasAlphabet && coding & 0x0c == 0x08)
    }

    /// With scheme 0x11, two packed septets of a language are in front: one character, which looks like a Chinese one.
    private static func withoutLanguage(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, first.value >= 0x2e80 else { return text }
        return String(text.unicodeScalars.dropFirst())
    }

    /// Without control characters other than line breaks, and without white space at the ends: carriage returns fill up
    /// packed septets.
    private static func trimmed(_ text: String) -> String {
        let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        var scalars = lines.unicodeScalars.filter { $0 == "\n" || $0.properties.generalCategory != .control }[...]
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        return String(String.UnicodeScalarView(scalars))
    }
}
