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
