import Foundation

extension String {
    /// The text in NFC: each accented letter as one character.
    var precomposed: String { precomposedStringWithCanonicalMapping }
}

/// A text split into the parts of a concatenated message (3GPP TS 23.040, 9.2.3.24.1).
package struct OutgoingText: Hashable, Sendable {
    package enum Coding: String, Sendable, Codable {
        case gsm7
        case ucs2
    }

    package let coding: Coding
    /// The text of each part; only an empty message has an empty part.
    package let parts: [String]

    /// Uses the GSM alphabet if the text fits it after typographic characters are replaced, otherwise UCS-2. A single
    /// message has up to 160 septets or 70 UTF-16 units, a part up to 153 or 67.
    package init(_ text: String) {
        let plain = Transliteration.plain(text)
        if GSMAlphabet.septets(of: plain) != nil {
            coding = .gsm7
            parts = Self.cut(plain, single: 160, part: 153) { GSMAlphabet.septets(of: $0)?.count ?? 1 }
        } else {
            coding = .ucs2
            parts = Self.cut(text.precomposed, single: 70, part: 67) { UTF16.width($0) }
        }
    }

    /// Never splits an extension character or a surrogate pair.
    private static func cut(_ text: String, single: Int, part: Int, size: (Unicode.Scalar) -> Int) -> [String] {
        let scalars = text.unicodeScalars
        guard scalars.reduce(0, { $0 + size($1) }) > single else { return [text] }
        var parts: [String] = []
        var current = String.UnicodeScalarView()
        var used = 0
        for scalar in scalars {
            let needed = size(scalar)
            if used + needed > part {
                parts.append(String(current))
                current = String.UnicodeScalarView()
                used = 0
            }
            current.append(scalar)
            used += needed
        }
        if used > 0 { parts.append(String(current)) }
        return parts
    }
}
