import Domain

/// Finds which of a customer's own devices a text names. Typos are tolerated only here: a typo in the customer's own
/// serial cannot name another customer's meter.
package enum OwnSerials {
    /// The serials named in a text. Tolerates spaces and dashes inside them, `l` for 1, `O` for 0 and missing leading
    /// zeros, but no other missing or wrong digit.
    package static func named(in text: String, among own: [Serial]) -> [Serial] {
        let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.prefix(40).map { plain(String($0)) }
        var candidates: Set<String> = []
        for start in words.indices {
            var joined = ""
            for word in words[start..<min(start + 5, words.count)] {
                joined += word
                candidates.insert(joined)
            }
        }
        return own.filter { serial in
            let wanted = plain(serial.text)
            let isNumber = wanted.allSatisfy(\.isNumber)
            return candidates.contains(wanted)
                || (isNumber && wanted.hasPrefix("0") && candidates.contains(String(wanted.drop { $0 == "0" })))
        }
    }

    private static func plain(_ text: String) -> String {
        String(
            text.uppercased().map { letter in
                switch letter {
                case "O": "0"
                case "I", "L": "1"
                default: letter
                }
            })
    }
}
