/// Finds phrases in one text, tolerating typos.
struct WordMatcher {
    let words: [String]
    private let candidates: [[WordIndex.Number: Int]]

    /// Which words tolerate typos. A phrase of one word needs more letters than one of several.
    enum Tolerance {
        case none
        /// Words of seven letters and more.
        case longWords
        /// Words of five letters and more.
        case words
    }

    init(_ words: [String], _ index: WordIndex) {
        self.words = words
        candidates = words.map(index.candidates)
    }

    private init(words: [String], candidates: [[WordIndex.Number: Int]]) {
        self.words = words
        self.candidates = candidates
    }

    /// The same text without some of its words.
    func keeping(_ isKept: (Int, String) -> Bool) -> WordMatcher {
        let places = words.indices.filter { isKept($0, words[$0]) }
        return WordMatcher(words: places.map { words[$0] }, candidates: places.map { candidates[$0] })
    }

    /// The numbers of all words that the text may contain.
    var numbers: Set<WordIndex.Number> { Set(candidates.flatMap(\.keys)) }

    struct Match {
        let positions: [Int]
        let weight: Int
    }

    /// The first position where all words of a phrase stand in order.
    func find(_ phrase: Phrase, _ tolerance: Tolerance = .words) -> Match? {
        // A single word may be a typo of anything; two words in order are rarely a coincidence.
        let tolerance = phrase.words.count == 1 && tolerance == .words ? .longWords : tolerance
        return find(phrase, least: Self.least(tolerance))
    }

    /// Finds a keyword in a text that says little else.
    func findAlone(_ phrase: Phrase, _ tolerance: Tolerance) -> Match? { find(phrase, least: Self.least(tolerance)) }

    private static func least(_ tolerance: Tolerance) -> Int {
        switch tolerance {
        case .none: .max
        case .longWords: 7
        case .words: 5
        }
    }

    private func find(_ phrase: Phrase, least: Int) -> Match? {
        guard !phrase.words.isEmpty, phrase.words.count <= words.count else { return nil }
        for start in words.indices {
            guard let slip = slips(start, phrase, 0, least) else { continue }
            var positions = [start]
            var penalty = slip
            for place in phrase.words.indices.dropFirst() {
                let from = (positions.last ?? start) + 1
                let next = (from..<min(from + 3, words.count)).lazy.compactMap { position in
                    slips(position, phrase, place, least).map { (position, $0) }
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

    /// The edit distance of a word; `nil` if it is another word.
    private func slips(_ position: Int, _ phrase: Phrase, _ place: Int, _ least: Int) -> Int? {
        guard let slips = candidates[position][phrase.numbers[place]] else { return nil }
        return slips == 0 || phrase.words[place].text.utf8.count >= least ? slips : nil
    }
}
