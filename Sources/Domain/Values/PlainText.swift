/// Helpers for text written by people.
extension String {
    /// The text without white space at both ends.
    package var trimmingSpaces: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// The beginning of the text on one line, at most `limit` characters, for lists and alerts.
    package func excerpt(_ limit: Int) -> String {
        let line = split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > limit ? line.prefix(limit - 3) + "..." : line
    }

    /// The text made safe to quote in a reply: printable ASCII only, at most 24 characters.
    package var quotable: String {
        let kept = unicodeScalars.lazy.filter { $0.isASCII && $0.value >= 0x20 && $0.value < 0x7f }.prefix(24)
        return String(String.UnicodeScalarView(kept)).trimmingSpaces
    }
}
