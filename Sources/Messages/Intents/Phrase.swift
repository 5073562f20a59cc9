/// A phrase to search for: words in order, with up to two other words between neighbours; `kat*` matches any word that
/// begins with `kat`.
struct Phrase: Sendable, Hashable {
    struct Word: Sendable, Hashable {
        let text: String
        let isPrefix: Bool
    }

    let words: [Word]
    let language: String
    /// The numbers of the words in the index.
    var numbers: [WordIndex.Number] = []

    /// Returns `nil` if the text contains no words.
    init?(_ text: String, language: String) {
        let words = text.split(separator: " ").compactMap { piece -> Word? in
            let isPrefix = piece.hasSuffix("*")
            let folded = TypedWords(isPrefix ? String(piece.dropLast()) : String(piece)).words
            return folded.count == 1 ? Word(text: folded[0], isPrefix: isPrefix) : nil
        }
        guard !words.isEmpty else { return nil }
        self.words = words
        self.language = language
    }

    /// The weight of a match: more and longer words weigh more.
    var weight: Int { words.reduce(0) { $0 + 10 + $1.text.utf8.count } }
}
