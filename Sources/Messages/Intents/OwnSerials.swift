import Domain

/// Finds which of somebody's own devices a text means. Slips that people make are forgiven here, and here only: a slip in
/// somebody's own serial cannot name another customer's meter.
package enum OwnSerials {
    /// The serials that a text names, spaces and dashes inside them, `l` for 1, `O` for 0 and missing leading zeros
    /// forgiven. A missing or wrong digit is not.
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
