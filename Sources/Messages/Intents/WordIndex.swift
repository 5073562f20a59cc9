import StrictTOML

/// All words of all phrases by number, so that a text need not be compared with each of the thousands of phrases.
struct WordIndex: Sendable {
    /// The number of a word in the index; a word and a prefix such as `kat*` have different ones.
    typealias Number = Int32

    private var exact: [String: Number] = [:]
    private var beginnings: [String: Number] = [:]
    private var longestBeginning = 0
    /// Words that a typo may be matched to, by their first letter.
    private var byLetter: [UInt8: [(word: String, number: Number)]] = [:]
    private var count: Number = 0
    /// Correct words, which are never treated as typos of other ones.
    private var known: Set<String> = []

    /// Typos are not tolerated in shorter words.
    private static let leastSlipped = 5

    /// Assigns numbers to the words of a phrase; the same word has one number everywhere.
    mutating func number(_ phrase: Phrase) -> Phrase {
        var phrase = phrase
        phrase.numbers = phrase.words.map { number($0) }
        return phrase
    }

    private mutating func number(_ word: Phrase.Word) -> Number {
        if let found = word.isPrefix ? beginnings[word.text] : exact[word.text] { return found }
        count += 1
        if word.isPrefix {
            beginnings[word.text] = count
            longestBeginning = max(longestBeginning, word.text.utf8.count)
        } else {
            exact[word.text] = count
            known.insert(word.text)
            if word.text.utf8.count >= Self.leastSlipped, let first = word.text.utf8.first {
                byLetter[first, default: []].append((word.text, count))
            }
        }
        return count
    }

    /// Adds correct words that no phrase has, so that they are not treated as typos.
    mutating func know(_ words: some Sequence<String>) { known.formUnion(words) }

    /// The words that a typed one may stand for, each with its edit distance.
    func candidates(for typed: String) -> [Number: Int] {
        var found: [Number: Int] = [:]
        if let number = exact[typed] { found[number] = 0 }
        var beginning = ""
        for scalar in typed.unicodeScalars.prefix(longestBeginning) {
            beginning.unicodeScalars.append(scalar)
            if let number = beginnings[beginning] { found[number] = 0 }
        }
        guard !known.contains(typed), let first = typed.utf8.first else { return found }
        for (word, number) in byLetter[first] ?? [] {
            let length = word.utf8.count
            let allowed = length < 9 ? 1 : 2
            guard abs(typed.utf8.count - length) <= allowed else { continue }
            let distance = NearestWord.distance(typed, word)
            if distance <= allowed { found[number] = distance }
        }
        return found
    }
}
