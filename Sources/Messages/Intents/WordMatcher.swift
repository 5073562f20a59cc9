import StrictTOML

/// Finds phrases in one text, slips of the thumb forgiven.
struct WordMatcher {
    let words: [String]
    private let vocabulary: Set<String>

    init(_ words: [String], vocabulary: Set<String>) {
        self.words = words
        self.vocabulary = vocabulary
    }

    struct Match {
        let positions: [Int]
        let weight: Int
    }

    /// The first place where all words of a phrase stand in order.
    func find(_ phrase: Phrase) -> Match? {
        guard let first = phrase.words.first, phrase.words.count <= words.count else { return nil }
        for start in words.indices {
            guard let slip = slips(words[start], first) else { continue }
            var positions = [start]
            var penalty = slip
            for word in phrase.words.dropFirst() {
                let from = (positions.last ?? start) + 1
                let next = (from..<min(from + 3, words.count)).lazy.compactMap { place in
                    slips(words[place], word).map { (place, $0) }
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
    private func slips(_ typed: String, _ word: Phrase.Word) -> Int? {
        if typed == word.text { return 0 }
        if word.isPrefix { return typed.hasPrefix(word.text) ? 0 : nil }
        let length = word.text.utf8.count
        let allowed = length < 4 ? 0 : length < 7 ? 1 : 2
        guard allowed > 0, abs(typed.utf8.count - length) <= allowed, typed.utf8.first == word.text.utf8.first,
            !vocabulary.contains(typed)
        else { return nil }
        let distance = NearestWord.distance(typed, word.text)
        return distance <= allowed ? distance : nil
    }
}
