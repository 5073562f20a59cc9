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
        length: 10...10, pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", format: "date", meaning: "a day such as 2026-11-30")
    static let money = TextRule(
        length: 1...24, pattern: "^[0-9]+(\\.[0-9]+)?$", meaning: "an amount such as 15000 or 15000.50")
    static let price = TextRule(
        length: 1...24, pattern: "^[0-9]+(\\.[0-9]{1,4})?$", meaning: "a price of 0 or more with up to 4 decimals")
    static let month = TextRule(length: 7...7, pattern: "^[0-9]{4}-[0-9]{2}$", meaning: "a month such as 2026-11")

    /// A text of people.
    static func words(upTo limit: Int) -> TextRule {
        TextRule(length: 1...limit, meaning: "a text of 1 to \(limit) characters")
    }

    /// Whether a text keeps the rule.
    func allows(_ text: String) -> Bool {
        guard length.contains(text.unicodeScalars.count) else { return false }
        guard let pattern, let expression = try? Regex(pattern) else { return true }
        return text.wholeMatch(of: expression) != nil
    }
}
