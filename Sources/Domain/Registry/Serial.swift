/// A device's serial as the company compares it: upper case, without spaces and dashes.
package struct Serial: Hashable, Sendable, Codable {
    package let text: String

    /// 3 to 32 letters and digits, whatever stood between them. `nil` for anything else.
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

    package init(from decoder: any Decoder) throws {
        let typed = try decoder.singleValueContainer().decode(String.self)
        guard let serial = Serial(typed) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "\(typed) is no serial"))
        }
        self = serial
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension Serial {
    private static var mostCandidates: Int { 400 }
    private static var longestTyped: Int { 64 }

    /// Every text inside a longer one that could be a serial: the whole, runs of neighbouring words, longer before
    /// shorter, then digits that stand between letters without a space.
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
