/// Masks secrets for the log. Phone numbers and tokens must be masked before they are logged.
package enum Masked {
    /// Keeps the first four and the last two characters of a phone number; short codes and names are not masked.
    package static func phone(_ text: String) -> String {
        let digits = text.filter(\.isNumber).count
        guard digits >= 7 else { return text }
        return text.prefix(4) + String(repeating: "*", count: max(0, text.count - 6)) + text.suffix(2)
    }

    /// Keeps the last four digits of a token.
    package static func token(_ digits: String) -> String {
        String(repeating: "*", count: max(0, digits.count - 4)) + digits.suffix(4)
    }
}
