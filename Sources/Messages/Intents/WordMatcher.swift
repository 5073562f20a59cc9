import StrictTOML

/// All words of all phrases by number, for finding them without trying each: a text of ten words is held against
/// thousands of phrases.
struct WordIndex: Sendable {
    /// The number of a word in the index; a word and the beginning `kat*` have different ones.
    typealias Number = Int32

    private var exact: [String: Number] = [:]
    private var beginnings: [String: Number] = [:]
    private var longestBeginning = 0
    /// Words that slips are looked for in, by their first letter.
    private var byLetter: [UInt8: [(word: String, number: Number)]] = [:]
    private var count: Number = 0
    /// Words that are themselves, and no slip of another one.
    private var known: Set<String> = []

    /// Slips are not looked for in shorter words.
    private static let leastSlipped = 5

    /// Numbers a phrase's words; the same word has one number everywhere.
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

    /// Words that no slip is read into, though no phrase has them.
    mutating func know(_ words: some Sequence<String>) { known.formUnion(words) }

    /// The words that a typed one may be, each with how many letters are off.
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

/// Finds phrases in one text, slips of the thumb forgiven.
struct WordMatcher {
    let words: [String]
    private let candidates: [[WordIndex.Number: Int]]

    /// How far slips are forgiven: a word alone says much, and is not guessed from half of it.
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

    /// Every number that some word of the text may stand for.
    var numbers: Set<WordIndex.Number> { Set(candidates.flatMap(\.keys)) }

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

    /// How many letters are off; `nil` when it is another word.
    private func slips(_ position: Int, _ phrase: Phrase, _ place: Int, _ least: Int) -> Int? {
        guard let slips = candidates[position][phrase.numbers[place]] else { return nil }
        return slips == 0 || phrase.words[place].text.utf8.count >= least ? slips : nil
    }
}
