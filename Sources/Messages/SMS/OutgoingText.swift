import Foundation

extension String {
    /// Letters with their accents as one character each (NFC).
    var precomposed: String { precomposedStringWithCanonicalMapping }
}

/// A text cut into the parts that go over the air (3GPP TS 23.040, 9.2.3.24.1).
package struct OutgoingText: Hashable, Sendable {
    package enum Coding: String, Sendable, Codable {
        case gsm7
        case ucs2
    }

    package let coding: Coding
    /// One text a part, none empty but for an empty message.
    package let parts: [String]

    /// Takes the GSM alphabet where the text fits it, after typographic characters were written plainly; else UCS-2.
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

    /// Never cuts inside an extension character or a surrogate pair.
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
