import StrictTOML

/// Finds phrases in one text, slips of the thumb forgiven.
struct WordMatcher {
    let words: [String]
    private let vocabulary: Set<String>

    /// How far slips are forgiven: a word alone says much, and is not guessed from half of it.
    enum Tolerance {
        case none
        /// Words of seven letters and more.
        case longWords
        /// Words of five letters and more.
        case words
    }

    init(_ words: [String], vocabulary: Set<String>) {
        self.words = words
        self.vocabulary = vocabulary
    }

    struct Match {
        let positions: [Int]
        let weight: Int
    }

    /// The first place where all words of a phrase stand in order.
    func find(_ phrase: Phrase, _ tolerance: Tolerance = .words) -> Match? {
        // One word alone may be a slip of anything; two in order are hardly chance.
        let tolerance = phrase.words.count == 1 && tolerance == .words ? .longWords : tolerance
        return find(phrase, least: Self.least(tolerance))
    }

    /// A keyword that is nearly all that is said.
    func findAlone(_ phrase: Phrase, _ tolerance: Tolerance) -> Match? { find(phrase, least: Self.least(tolerance)) }

    private static func least(_ tolerance: Tolerance) -> Int {
        switch tolerance {
        case .none: .max
        case .longWords: 7
        case .words: 5
        }
    }

    private func find(_ phrase: Phrase, least: Int) -> Match? {
        guard let first = phrase.words.first, phrase.words.count <= words.count else { return nil }
        for start in words.indices {
            guard let slip = slips(words[start], first, least) else { continue }
            var positions = [start]
            var penalty = slip
            for word in phrase.words.dropFirst() {
                let from = (positions.last ?? start) + 1
                let next = (from..<min(from + 3, words.count)).lazy.compactMap { place in
                    slips(words[place], word, least).map { (place, $0) }
                }.first
                guard let next else { break }
                positions.append(next.0)
                penalty += next.1
            }
            if positions.count == phrase.words.count {
                return Match(positions: positions, weight: phrase.weight - 4 * penalty)
            }
        }
        return nil
    }

    /// How many letters are off; `nil` when it is another word.
    private func slips(_ typed: String, _ word: Phrase.Word, _ least: Int) -> Int? {
        if typed == word.text { return 0 }
        if word.isPrefix { return typed.hasPrefix(word.text) ? 0 : nil }
        let length = word.text.utf8.count
        let allowed = length < least ? 0 : length < 9 ? 1 : 2
        guard allowed > 0, abs(typed.utf8.count - length) <= allowed, typed.utf8.first == word.text.utf8.first,
            !vocabulary.contains(typed)
        else { return nil }
        let distance = NearestWord.distance(typed, word.text)
        return distance <= allowed ? distance : nil
    }
}
