@testable import Messages
@testable import Simulator

/// Outgoing texts. Parts must join to the text, and packed septets must unpack to the same septets.
enum OutgoingTextTarget {
    static func run(_ input: [UInt8]) throws(BrokenRule) {
        try cut(text(of: input))
        // Reading the input as UTF-16 gives lone surrogates.
        let units = stride(from: 0, to: input.count - input.count % 2, by: 2).map {
            UInt16(input[$0]) << 8 | UInt16(input[$0 + 1])
        }
        try cut(String(decoding: units, as: UTF16.self))
        try pack(input.map { $0 & 0x7f })
        _ = GSMAlphabet.text(of: input)
    }

    private static func cut(_ text: String) throws(BrokenRule) {
        let outgoing = OutgoingText(text)
        let plain = outgoing.coding == .gsm7 ? Transliteration.plain(text) : text.precomposed
        let joined = outgoing.parts.joined()
        try rule(joined.unicodeScalars.elementsEqual(plain.unicodeScalars), "the parts do not join to the text")
        try rule(!outgoing.parts.isEmpty, "the text has no parts")
        for part in outgoing.parts {
            let isOne = outgoing.parts.count == 1
            switch outgoing.coding {
            case .gsm7:
                guard let septets = GSMAlphabet.septets(of: part) else {
                    throw BrokenRule(description: "a part is not in the GSM alphabet")
                }
                try rule(septets.count <= (isOne ? 160 : 153), "a part of \(septets.count) septets")
                let read = GSMAlphabet.text(of: septets)
                try rule(read.unicodeScalars.elementsEqual(part.unicodeScalars), "the septets decode to another text")
                try pack(septets)
            case .ucs2: try rule(part.utf16.count <= (isOne ? 70 : 67), "a part of \(part.utf16.count) units")
            }
        }
    }

    private static func pack(_ septets: [UInt8]) throws(BrokenRule) {
        for header in [0, 6, 7] {
            let packed = SeptetPacking.pack(septets, after: header)
            let unpacked = SeptetPacking.unpack(packed, count: septets.count, after: header)
            try rule(unpacked == septets, "septets after \(header) octets do not unpack")
        }
    }

    static let seeds: [String] = [
        "Asante. Umepokea token: 1234 5678 9012 3456 7890", "Votre crédit est de 12 500 F. À bientôt !",
        "“Quoted” – it’s…", "€[]{}~\\^|", String(repeating: "€", count: 80), String(repeating: "a", count: 160),
        String(repeating: "a", count: 161), String(repeating: "ç", count: 70), String(repeating: "😀", count: 36),
        String(repeating: "a", count: 152) + "€b", "ёлка", "e\u{301}", "\u{1100}\u{1161}\u{11a8}",
    ]
}
