/// What is done with texts of people before they are compared, quoted or listed.
extension String {
    /// Without white space at both ends.
    package var trimmingSpaces: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// The beginning of a text on one line, for lists and alerts.
    package func excerpt(_ limit: Int) -> String {
        let line = split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > limit ? line.prefix(limit - 3) + "..." : line
    }

    /// What somebody typed, fit to be said back to them: letters, digits and little else, and not much of it.
    package var quotable: String {
        let kept = unicodeScalars.lazy.filter { $0.isASCII && $0.value >= 0x20 && $0.value < 0x7f }.prefix(24)
        return String(String.UnicodeScalarView(kept)).trimmingSpaces
    }
}
