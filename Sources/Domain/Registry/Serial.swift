/// A device's serial in normal form: upper case, without spaces and punctuation.
package struct Serial: Hashable, Sendable, Codable {
    package let text: String

    /// Parses 3 to 32 letters and digits; spaces and punctuation between them are ignored. `nil` for anything else.
    package init?(_ typed: some StringProtocol) {
        var kept = ""
        for scalar in typed.unicodeScalars {
            switch scalar {
            case "0"..."9", "A"..."Z": kept.unicodeScalars.append(scalar)
            case "a"..."z": kept += String(scalar).uppercased()
            case " ", "-", "\u{A0}", ".", "/", "_": continue
            default: return nil
            }
        }
        guard (3...32).contains(kept.count) else { return nil }
        text = kept
    }

    /// Decodes a serial.
    /// - Throws: `DecodingError` if the value is not text that forms a serial.
    package init(from decoder: any Decoder) throws {
        let typed = try decoder.singleValueContainer().decode(String.self)
        guard let serial = Serial(typed) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "\(typed) is not a serial"))
        }
        self = serial
    }

    /// Encodes the serial's normal form.
    /// - Throws: The encoder's error if the value cannot be encoded.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension Serial {
    private static var mostCandidates: Int { 400 }
    private static var longestTyped: Int { 64 }

    /// All parts of a text that could be a serial: runs of neighbouring words, longest first, then runs of digits
    /// within a word.
    ///
    /// Payers write `meter 0451 2233 thanks` and `mita04512233`.
    package static func candidates(in text: String) -> [Serial] {
        let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.prefix(24).map(String.init)
        var found: [Serial] = []
        func add(_ typed: String) {
            guard found.count < mostCandidates, typed.utf8.count <= longestTyped else { return }
            if let serial = Serial(typed), !found.contains(serial) { found.append(serial) }
        }
        for length in stride(from: words.count, through: 1, by: -1) {
            for start in 0...(words.count - length) { add(words[start..<(start + length)].joined()) }
        }
        for word in words {
            for digits in word.split(whereSeparator: { !$0.isNumber }) { add(String(digits)) }
        }
        return found
    }
}
