import Messages

/// How texts of USSD are written in AT commands.
enum USSDCoding {
    /// The text as the host typed it in its character set.
    static func typed(_ text: String, _ characterSet: String) -> String? {
        switch characterSet {
        case "UCS2": ATDialogue.octets(text).map(utf16)
        case "HEX": ATDialogue.octets(text).map { GSMAlphabet.text(of: $0) }
        default: text
        }
    }

    static func written(_ text: String, _ characterSet: String) -> String {
        switch characterSet {
        case "UCS2": ATDialogue.hex(text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] })
        case "HEX": ATDialogue.hex(GSMAlphabet.septets(of: text) ?? [])
        default: text
        }
    }

    static func packed(_ text: String) -> String {
        var septets = GSMAlphabet.septets(of: text) ?? []
        // A carriage return fills up the last octet, where `@` would be read.
        if septets.count % 8 == 7 { septets.append(0x0d) }
        return ATDialogue.hex(SeptetPacking.pack(septets))
    }

    /// The text of packed septets; `nil` if the digits are none, or the text is no service code or answer.
    static func unpacked(_ digits: String) -> String? {
        guard let octets = ATDialogue.octets(digits) else { return nil }
        let text = GSMAlphabet.text(of: SeptetPacking.unpack(octets, count: octets.count * 8 / 7))
        let trimmed = text.filter { $0 != "\r" && $0 != "@" }
        return trimmed.allSatisfy { "0123456789*#".contains($0) } ? trimmed : nil
    }

    private static func utf16(_ octets: [UInt8]) -> String {
        let units = stride(from: 0, to: octets.count - 1, by: 2).map {
            UInt16(octets[$0]) << 8 | UInt16(octets[$0 + 1])
        }
        return String(decoding: units, as: UTF16.self)
    }
}
