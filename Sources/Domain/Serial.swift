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
    /// Every text inside a longer one that could be a serial: the whole, each word, and runs of neighbouring words.
    ///
    /// Payers write `meter 0451 2233 thanks`. The whole comes first, then longer runs before shorter ones.
    package static func candidates(in text: String) -> [Serial] {
        let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.prefix(24)
        var found: [Serial] = []
        for length in stride(from: words.count, through: 1, by: -1) {
            for start in 0...(words.count - length) {
                let run = words[words.index(words.startIndex, offsetBy: start)...].prefix(length).joined()
                if let serial = Serial(run), !found.contains(serial) { found.append(serial) }
            }
        }
        return found
    }
}
