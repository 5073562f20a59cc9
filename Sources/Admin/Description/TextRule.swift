/// What a text in a request must be like.
struct TextRule: Sendable, Hashable {
    /// In Unicode scalars.
    let length: ClosedRange<Int>
    /// A regular expression for all of the text, as JSON Schema has it.
    var pattern: String?
    var format: String?
    /// The rule in words, after "is".
    let meaning: String

    static let date = TextRule(
        length: 10...10, pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        format: "date", meaning: "a day such as 2026-11-30")
    static let money = TextRule(
        length: 1...24, pattern: "^[0-9]{1,12}(\\.[0-9]{1,2})?$", meaning: "an amount such as 15000 or 15000.50")
    static let price = TextRule(
        length: 1...24, pattern: "^[0-9]{1,9}(\\.[0-9]{1,4})?$", meaning: "a price of 0 or more with up to 4 decimals")
    static let month = TextRule(
        length: 7...7, pattern: "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$", meaning: "a month such as 2026-11")
    static let serial = TextRule(
        length: 3...80, pattern: "^[ ._/-]*([A-Za-z0-9][ ._/-]*){3,32}$",
        meaning: "a serial of 3 to 32 letters and digits")
    static let wallet = TextRule(length: 1...40, pattern: "^[A-Za-z0-9_-]+$", meaning: "a wallet's id")
    static let smsc = TextRule(length: 1...24, pattern: "^[+]?[0-9]+$", meaning: "the number of an SMSC")
    static let key = TextRule(length: 1...200, meaning: "a key of 1 to 200 characters")
    static let cursor = TextRule(length: 1...18, pattern: "^[0-9]+$", meaning: "the 'next' of the previous page")

    static let deliveryCursor = TextRule(
        length: 3...40, pattern: "^[a-z]+:[0-9]{1,18}$", meaning: "the 'next' of the previous page")
    static let time = TextRule(
        length: 10...35, pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T[0-9]{2}:[0-9]{2}[0-9:.+Z-]*$",
        meaning: "a time such as 2026-11-30T08:00")
    static let phone = TextRule(length: 3...40, pattern: "^[+0-9][0-9 ()./-]*$", meaning: "a phone number")

    /// A text of people: not only white space, and without control characters other than line feeds.
    static func words(upTo limit: Int) -> TextRule {
        let kept = "[^\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f]*"
        return TextRule(
            length: 1...limit, pattern: "^\(kept)[^\\s\\u0000-\\u001f\\u007f-\\u009f]\(kept)$",
            meaning: "a text of 1 to \(limit) characters without control characters")
    }

    /// The same on one line.
    static func line(upTo limit: Int) -> TextRule {
        let kept = "[^\\u0000-\\u001f\\u007f-\\u009f]*"
        return TextRule(
            length: 1...limit, pattern: "^\(kept)[^\\s\\u0000-\\u001f\\u007f-\\u009f]\(kept)$",
            meaning: "one line of 1 to \(limit) characters without control characters")
    }

    /// Whether a text keeps the rule.
    func allows(_ text: String) -> Bool {
        guard length.contains(text.unicodeScalars.count) else { return false }
        guard let pattern, let expression = try? Regex(pattern) else { return true }
        return text.wholeMatch(of: expression) != nil
    }
}
