/// The end of a text, without trailing punctuation.
struct TextEnd {
    private let text: NormalizedText
    /// The position after the last character that is not a separator.
    private let last: Int

    init(_ text: NormalizedText) {
        self.text = text
        last = (text.folded.lastIndex { !Separators.isSeparator($0) } ?? -1) + 1
    }

    /// Whether only marks follow the field.
    func follows(_ span: Range<Int>) -> Bool { span.upperBound >= last }

    /// Whether only marks and digits follow the field; they may be the rest of its number.
    func followsNumber(_ span: Range<Int>) -> Bool {
        text.folded[min(span.upperBound, text.folded.count)...].allSatisfy { $0.isDigit || Separators.isSeparator($0) }
    }

    /// Whether a mark that ends a sentence follows the field.
    func isStopped(behind span: Range<Int>) -> Bool {
        text.folded[min(span.upperBound, text.folded.count)...].contains { $0 == "." || $0 == "!" || $0 == ")" }
    }
}
