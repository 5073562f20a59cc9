/// Reads the orders of staff.
extension TextReader {
    /// The order in a text from staff; `nil` if it is not an order, because staff are also customers.
    package func readOrder(_ text: String) -> StaffOrder? {
        let typed = TypedWords(text)
        let trimmed = text.trimmingPrefix { $0.isWhitespace }
        if trimmed.first == "#" {
            let digits = trimmed.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty else { return nil }
            let rest = trimmed.dropFirst(1 + digits.count).drop { $0.isWhitespace || $0 == ":" || $0 == "," }
            return .say(ticket: Int64(digits) ?? .max, text: String(rest))
        }
        let matcher = WordMatcher(Array(typed.words.prefix(3)), words.index)
        func begins(_ phrases: [Phrase]) -> Bool { phrases.contains { matcher.find($0)?.positions.first == 0 } }
        // "close 12", "CLOSE #12", "close ticket 12": the number stands near the order.
        let near = typed.words.dropFirst().prefix(3).first { $0.allSatisfy(\.isNumber) }
        if let number = TextSlots(text, typed.words, words).ticket ?? near.map({ Int64($0) ?? .max }) {
            if begins(words.phrases[.reopen] ?? []) { return .reopen(ticket: number) }
            if begins(words.close) {
                let fromNumber = text.drop { !$0.isNumber } as Substring
                let behindNumber = fromNumber.drop { $0.isNumber } as Substring
                let after = behindNumber.drop { !$0.isLetter && !$0.isNumber } as Substring
                return .close(ticket: number, reason: after.isEmpty ? nil : String(after))
            }
        }
        let isStatus = words.status.contains { $0.words.count == typed.words.count && matcher.find($0) != nil }
        return isStatus ? .status : nil
    }
}
