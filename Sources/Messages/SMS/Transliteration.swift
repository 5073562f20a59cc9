/// Replaces typographic characters with those of the GSM alphabet, so that a quotation mark does not force UCS-2, which
/// doubles the price.
package enum Transliteration {
    /// The text with each typographic character replaced; letters without an equivalent are kept.
    package static func plain(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.precomposed.unicodeScalars {
            if let replacement = table[scalar] {
                result.append(contentsOf: replacement.unicodeScalars)
            } else if !invisible.contains(scalar) {
                result.append(scalar)
            }
        }
        return String(result)
    }

    private static let table: [Unicode.Scalar: String] = [
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "´": "'", "`": "'", "′": "'", "“": "\"", "”": "\"", "„": "\"",
        "«": "\"", "»": "\"", "″": "\"", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "…": "...", "•": "-",
        "·": "-", "×": "x", "\u{A0}": " ", "\u{202F}": " ", "\u{2009}": " ", "\u{2007}": " ", "\t": " ",
        "\u{3000}": " ",
        "á": "a", "â": "a", "ã": "a", "í": "i", "î": "i", "ï": "i", "ó": "o", "ô": "o", "õ": "o", "ú": "u", "û": "u",
        "ê": "e", "ë": "e", "ç": "c", "ý": "y", "ÿ": "y", "œ": "oe", "Œ": "OE",
        "Á": "A", "À": "A", "Â": "A", "Ã": "A", "È": "E", "Ê": "E", "Ë": "E", "Í": "I", "Ì": "I", "Î": "I", "Ï": "I",
        "Ó": "O", "Ò": "O", "Ô": "O", "Õ": "O", "Ú": "U", "Ù": "U", "Û": "U", "Ý": "Y",
    ]

    private static let invisible: Set<Unicode.Scalar> = [
        "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}", "\u{00AD}",
    ]
}
