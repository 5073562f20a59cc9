/// Reads texts written by people. Pure: the same text gives the same reading, with the phrases that led to it.
package struct TextReader: Sendable {
    let words: IntentWords

    init(_ words: IntentWords) { self.words = words }

    // MARK: Customers

    package func read(_ text: String) -> PersonReading {
        let typed = TypedWords(text)
        guard !typed.words.isEmpty else { return PersonReading(intents: [.empty]) }
        // Reads the text as typed and with each language's abbreviations expanded; the best understood reading wins.
        var best = understand(typed.words, typed.pieces)
        for language in words.shorthand.keys.sorted() {
            guard let table = words.shorthand[language], typed.words.contains(where: { table[$0] != nil }) else {
                continue
            }
            let written = understand(
                Self.expand(typed.words, table), typed.pieces.map { Self.expand($0, table) }, in: language)
            if written.weight > best.weight { best = written }
        }
        var reading = PersonReading(intents: best.found.map(\.intent))
        reading.slots = TextSlots(text, best.words, words).read()
        reading.because = best.found.map(\.phrase)
        reading.language = best.found.first?.language
        if reading.intents.isEmpty {
            let isNumberOnly = !reading.slots.meters.isEmpty && meaningful(typed.letters).isEmpty
            reading.intents = [isNumberOnly ? .meterOnly : .unclear]
        }
        if reading.intents.contains(where: { $0 == .outage || $0 == .powerQuality }) {
            reading.slots.scope = scope(best.words)
        }
        if reading.intent == .setLanguage { reading.slots.languageTo = language(best.words) }
        reading.reply = reply(best.words)
        return reading
    }

    private struct Found {
        let intent: Intent
        let language: String
        let phrase: String
        let weight: Int
        /// The position of its first word in the text.
        var place = 0
    }

    private struct Understood {
        let words: [String]
        let found: [Found]
        var weight: Int { found.reduce(0) { $0 + $1.weight } }
    }

    private static func expand(_ typed: [String], _ table: [String: [String]]) -> [String] {
        typed.flatMap { table[$0] ?? [$0] }
    }

    /// If `language` is given, its abbreviations were expanded, and only its phrases may match.
    private func understand(_ typed: [String], _ pieces: [[String]], in language: String? = nil) -> Understood {
        let whole = intents(typed, in: language)
        let isOne = whole.isEmpty || !(whole[0].intent.standsBesideOthers)
        let found = isOne ? whole : several(pieces, whole, in: language) ?? whole
        return Understood(words: typed, found: found)
    }

    /// The best intent of some words; danger takes precedence over all others.
    private func intents(_ typed: [String], in language: String?) -> [Found] {
        let matcher = WordMatcher(typed, words.index)
        var best: [Intent: Found] = [:]
        func take(_ intent: Intent, _ phrase: Phrase, _ weight: Int, at place: Int) {
            if let language, phrase.language != language { return }
            if let known = best[intent], known.weight >= weight { return }
            best[intent] = Found(
                intent: intent, language: phrase.language, phrase: phrase.words.map(\.text).joined(separator: " "),
                weight: weight, place: place)
        }
        for number in matcher.numbers {
            for (intent, phrase) in words.byFirstWord[number] ?? [] {
                // A single misspelt word is not read as danger: a false alarm wakes people and hides the actual
                // request.
                let isGuess = intent == .safety && phrase.words.count == 1
                if let match = matcher.find(phrase, isGuess ? .none : .words) {
                    take(intent, phrase, match.weight, at: match.positions[0])
                }
            }
        }
        // A repeated word counts once.
        let plain = matcher.keeping { _, word in
            !words.fillers.contains(word) && !word.contains { $0.isNumber }
        }
        let short = plain.keeping { place, word in place == 0 || word != plain.words[place - 1] }
        if (1...4).contains(short.words.count) {
            for (intent, phrases) in words.alone where intent != .optOut && intent != .optIn {
                for phrase in phrases where phrase.words.count == short.words.count {
                    let tolerance: WordMatcher.Tolerance = intent == .safety ? .none : .words
                    if let match = short.findAlone(phrase, tolerance) { take(intent, phrase, match.weight + 5, at: 0) }
                }
            }
        }
        // Fillers alone may form a phrase, such as a greeting.
        if typed.count <= 4 {
            for (intent, phrases) in words.alone where intent != .optOut && intent != .optIn {
                for phrase in phrases where phrase.words.map(\.text) == typed {
                    take(intent, phrase, phrase.weight + 5, at: 0)
                }
            }
        }
        // STOP and START are orders: only the word itself, with polite words at most.
        let order = typed.filter { !words.polite.contains($0) }
        for intent in [Intent.optOut, .optIn] {
            for phrase in words.alone[intent] ?? [] where phrase.words.map(\.text) == order {
                take(intent, phrase, phrase.weight + 5, at: 0)
            }
        }
        for intent in Array(best.keys) where says(words.unless[intent] ?? [], matcher) { best[intent] = nil }
        if let danger = best[.safety] { return [danger] }
        // A payment claim or a token problem needs more than the last token sent again.
        if best[.paymentClaim] != nil || best[.tokenProblem] != nil { best[.resendToken] = nil }
        // A wrong recipient or a refund request is more specific than a payment claim.
        if best[.wrongMeter] != nil || best[.refundRequest] != nil { best[.paymentClaim] = nil }
        let rank = Intent.allCases
        let winner = best.values.max {
            if $0.weight != $1.weight { return $0.weight < $1.weight }
            return (rank.firstIndex(of: $0.intent) ?? 0) > (rank.firstIndex(of: $1.intent) ?? 0)
        }
        return winner.map { [$0] } ?? []
    }

    /// Several intents in one text, joined by an "and" or a full stop: each piece has its own.
    private func several(_ pieces: [[String]], _ whole: [Found], in language: String?) -> [Found]? {
        let parts = pieces.flatMap { $0.split(whereSeparator: words.joining.contains).map(Array.init) }
        guard parts.count > 1 else { return nil }
        var found: [Found] = []
        for part in parts {
            for one in intents(part, in: language)
            where one.intent.standsBesideOthers && !found.contains(where: { $0.intent == one.intent }) {
                found.append(one)
            }
        }
        // A payment claim already asks for the token.
        if found.contains(where: { $0.intent == .paymentClaim || $0.intent == .tokenProblem }) {
            found.removeAll { $0.intent == .resendToken }
        }
        return found.count > 1 && found.contains { $0.intent == whole.first?.intent } ? found : nil
    }

    private func meaningful(_ typed: [String]) -> [String] { typed.filter { !words.fillers.contains($0) } }

    func says(_ phrases: [Phrase], _ matcher: WordMatcher) -> Bool {
        phrases.contains { matcher.find($0) != nil }
    }

    private func scope(_ typed: [String]) -> OutageScope? {
        let matcher = WordMatcher(typed, words.index)
        if says(words.single, matcher) { return .single }
        return says(words.area, matcher) ? .area : nil
    }

    private func language(_ typed: [String]) -> String? {
        // "en francais" is not English: two-letter codes count only in texts of at most two words.
        let names = typed.filter { $0.count > 2 || typed.count <= 2 }
        let known = names.filter { words.languageNames[$0] != nil }
        return known.max { $0.count < $1.count }.flatMap { words.languageNames[$0] }
    }

    /// Whether the reported fault is fixed or still there; `nil` if the text does not say.
    private func reply(_ typed: [String]) -> TicketReply? {
        let matcher = WordMatcher(typed, words.index)
        if says(words.stillBroken, matcher) { return .stillBroken }
        return says(words.fixed, matcher) ? .fixed : nil
    }

    /// Whether the text says yes and little else.
    package func saysYes(_ text: String) -> Bool {
        let rest = meaningful(TypedWords(text).words.filter { !$0.allSatisfy(\.isNumber) })
        guard (1...3).contains(rest.count) else { return false }
        let matcher = WordMatcher(rest, words.index)
        return words.yes.contains { $0.words.count == rest.count && matcher.find($0) != nil }
    }
}
