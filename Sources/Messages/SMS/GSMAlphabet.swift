/// The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, 6.2.1).
package enum GSMAlphabet {
    package static let escape: UInt8 = 0x1b

    /// The septets of a text, two for an extension character; `nil` if a character is in neither table.
    package static func septets(of text: some StringProtocol) -> [UInt8]? {
        var septets: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard let one = Self.septets(of: scalar) else { return nil }
            septets += one
        }
        return septets
    }

    /// The one or two septets of a character; `nil` if it is in neither table.
    package static func septets(of scalar: Unicode.Scalar) -> [UInt8]? {
        if let septet = codes[scalar] { return [septet] }
        if let septet = extensionCodes[scalar] { return [escape, septet] }
        return nil
    }

    /// The text of septets; an unknown extension code becomes its basic character, as the standard requires.
    package static func text(of septets: some Sequence<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        var escaped = false
        for septet in septets {
            if septet == escape, !escaped {
                escaped = true
                continue
            }
            let found = escaped ? extensionCharacters[septet] : nil
            text.append(found ?? characters[Int(septet & 0x7f)])
            escaped = false
        }
        return String(text)
    }

    private static let characters: [Unicode.Scalar] = Array(
        ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u{A0}ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà").unicodeScalars)

    private static let codes: [Unicode.Scalar: UInt8] = {
        var codes: [Unicode.Scalar: UInt8] = [:]
        for (code, scalar) in characters.enumerated() where code != Int(escape) { codes[scalar] = UInt8(code) }
        return codes
    }()

    private static let extensionCharacters: [UInt8: Unicode.Scalar] = [
        0x0a: "\u{0C}", 0x14: "^", 0x28: "{", 0x29: "}", 0x2f: "\\", 0x3c: "[", 0x3d: "~", 0x3e: "]", 0x40: "|",
        0x65: "€",
    ]

    private static let extensionCodes: [Unicode.Scalar: UInt8] = Dictionary(
        uniqueKeysWithValues: extensionCharacters.map { ($1, $0) })
}
