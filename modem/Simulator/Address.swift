import Messages

/// Addresses in PDUs (3GPP TS 23.040, 9.1.2.5).
enum Address {
    /// Length, type of number and the digits or letters of an originator or recipient.
    static func encode(_ text: String) -> [UInt8] {
        if let digits = digits(text) {
            let digits = String(digits.prefix(20))
            return [UInt8(digits.count), text.hasPrefix("+") ? 0x91 : 0x81] + semiOctets(digits)
        }
        let septets = Array((GSMAlphabet.septets(of: text) ?? []).prefix(11))
        // The length counts significant semi-octets.
        return [UInt8((septets.count * 7 + 3) / 4), 0xd0] + SeptetPacking.pack(septets)
    }

    /// An SMSC address: its length counts octets, including the type.
    static func encodeSMSC(_ number: String) -> [UInt8] {
        guard let digits = digits(number) else { return [0] }
        let octets = semiOctets(String(digits.prefix(20)))
        return [UInt8(octets.count + 1), number.hasPrefix("+") ? 0x91 : 0x81] + octets
    }

    /// Parses an address at `index` and moves `index` after it.
    static func decode(_ octets: [UInt8], _ index: inout Int) -> String? {
        guard index + 2 <= octets.count else { return nil }
        let length = Int(octets[index])
        let type = octets[index + 1]
        let count = (length + 1) / 2
        guard index + 2 + count <= octets.count else { return nil }
        let body = Array(octets[(index + 2)..<(index + 2 + count)])
        index += 2 + count
        if type & 0x70 == 0x50 {
            return GSMAlphabet.text(of: SeptetPacking.unpack(body, count: length * 4 / 7))
        }
        let digits = body.flatMap { [$0 & 0xf, $0 >> 4] }.prefix(length).map { String($0, radix: 16) }.joined()
        return (type & 0x70 == 0x10 ? "+" : "") + digits
    }

    static func semiOctets(_ digits: String) -> [UInt8] {
        var nibbles = digits.utf8.map { $0 &- 0x30 }
        if !nibbles.count.isMultiple(of: 2) { nibbles.append(0xf) }
        return stride(from: 0, to: nibbles.count, by: 2).map { nibbles[$0 + 1] << 4 | nibbles[$0] }
    }

    private static func digits(_ text: String) -> String? {
        let digits = text.hasPrefix("+") ? String(text.dropFirst()) : text
        return !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? digits : nil
    }
}
