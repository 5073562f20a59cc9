import Domain

/// Reads what people write. Pure: the same text gives the same reading, and says by which phrases.
package struct TextReader: Sendable {
    private let words: IntentWords

    init(_ words: IntentWords) { self.words = words }

    // MARK: Customers

    package func read(_ text: String) -> PersonReading {
        let typed = TypedWords(text)
        var reading = PersonReading(intents: [])
        reading.slots = slots(text, typed)
        guard !typed.words.isEmpty else {
            reading.intents = [.empty]
            return reading
        }
        let whole = intents(typed.words)
        let found = whole.first?.intent == .safety ? whole : several(typed) ?? whole
        reading.intents = found.map(\.intent)
        reading.because = found.map(\.phrase)
        reading.language = found.first?.language
        if reading.intents.isEmpty {
            let isNumberOnly = !reading.slots.meters.isEmpty && meaningful(typed.letters).isEmpty
            reading.intents = [isNumberOnly ? .meterOnly : .unclear]
        }
        if reading.intent == .outage || reading.intent == .powerQuality { reading.slots.scope = scope(typed) }
        if reading.intent == .setLanguage { reading.slots.languageTo = language(typed) }
        return reading
    }

    private struct Found {
        let intent: Intent
        let language: String
        let phrase: String
        let weight: Int
    }

    /// The best intent of some words, danger before all others.
    private func intents(_ typed: [String]) -> [Found] {
        let matcher = WordMatcher(typed, vocabulary: words.vocabulary)
        var best: [Intent: Found] = [:]
        func take(_ intent: Intent, _ phrase: Phrase, _ weight: Int) {
            if let known = best[intent], known.weight >= weight { return }
            best[intent] = Found(
                intent: intent, language: phrase.language, phrase: phrase.words.map(\.text).joined(separator: " "),
                weight: weight)
        }
        for (intent, phrases) in words.phrases {
            // Danger is not guessed from a slip of one word: a false alarm wakes people, and hides what was meant.
            for phrase in phrases {
                let isGuess = intent == .safety && phrase.words.count == 1
                if let match = matcher.find(phrase, isGuess ? .none : .words) { take(intent, phrase, match.weight) }
            }
        }
        let rest = meaningful(typed.filter { !$0.contains { $0.isNumber } })
        // A word said three times is still one word.
        let once = rest.enumerated().filter { index, word in index == 0 || word != rest[index - 1] }.map(\.element)
        if !once.isEmpty, once.count <= 4 {
            let short = WordMatcher(once, vocabulary: words.vocabulary)
            for (intent, phrases) in words.alone where intent != .optOut && intent != .optIn {
                for phrase in phrases where phrase.words.count == once.count {
                    let tolerance: WordMatcher.Tolerance = intent == .safety ? .none : .words
                    if let match = short.findAlone(phrase, tolerance) { take(intent, phrase, match.weight + 5) }
                }
            }
        }
        // STOP and START are orders: the word itself, with politeness at most.
        let order = typed.filter { !words.polite.contains($0) }
        for intent in [Intent.optOut, .optIn] {
            for phrase in words.alone[intent] ?? [] where phrase.words.map(\.text) == order {
                take(intent, phrase, phrase.weight + 5)
            }
        }
        if let danger = best[.safety] { return [danger] }
        // Who paid, or whose token fails, needs more than the last token again.
        if best[.paymentClaim] != nil || best[.tokenProblem] != nil { best[.resendToken] = nil }
        let rank = Intent.allCases
        let winner = best.values.max {
            if $0.weight != $1.weight { return $0.weight < $1.weight }
            return (rank.firstIndex(of: $0.intent) ?? 0) > (rank.firstIndex(of: $1.intent) ?? 0)
        }
        return winner.map { [$0] } ?? []
    }

    /// Two wishes in one text, joined by an "and": each piece says one of its own.
    private func several(_ typed: TypedWords) -> [Found]? {
        let pieces = typed.words.split(whereSeparator: words.joining.contains).map(Array.init)
        guard pieces.count > 1 else { return nil }
        var found: [Found] = []
        for piece in pieces {
            for one in intents(piece) where !found.contains(where: { $0.intent == one.intent }) {
                // Something for people to read beside the wishes: the text is theirs as a whole.
                guard one.intent.isAnswerable else { return nil }
                found.append(one)
            }
        }
        return found.count > 1 ? found : nil
    }

    private func meaningful(_ typed: [String]) -> [String] { typed.filter { !words.fillers.contains($0) } }

    private func says(_ phrases: [Phrase], _ matcher: WordMatcher) -> Bool {
        phrases.contains { matcher.find($0) != nil }
    }

    private func scope(_ typed: TypedWords) -> OutageScope? {
        let matcher = WordMatcher(typed.words, vocabulary: words.vocabulary)
        if says(words.single, matcher) { return .single }
        return says(words.area, matcher) ? .area : nil
    }

    private func language(_ typed: TypedWords) -> String? {
        // "en francais" is not English: codes of two letters count only when hardly anything else is said.
        let names = typed.words.filter { $0.count > 2 || typed.words.count <= 2 }
        let known = names.filter { words.languageNames[$0] != nil }
        return known.max { $0.count < $1.count }.flatMap { words.languageNames[$0] }
    }

    /// Whether the text says yes, and nothing much beside it.
    package func saysYes(_ text: String) -> Bool {
        let rest = meaningful(TypedWords(text).words.filter { !$0.allSatisfy(\.isNumber) })
        guard (1...3).contains(rest.count) else { return false }
        let matcher = WordMatcher(rest, vocabulary: words.vocabulary)
        return words.yes.contains { $0.words.count == rest.count && matcher.find($0) != nil }
    }

    // MARK: Contractors

    package func readJob(_ text: String) -> JobReading {
        let typed = TypedWords(text)
        let matcher = WordMatcher(typed.words, vocabulary: words.vocabulary)
        var reading = JobReading(ticket: ticket(text, typed))
        let isQuestion = text.contains("?") || says(words.questions, matcher)
        var answers = Set(
            JobAnswer.allCases.filter { answer in
                (words.answers[answer] ?? []).contains { matcher.find($0, .longWords) != nil }
            })
        let isUnfinished = words.unfinished.contains { matcher.find($0, .none) != nil }
        if isUnfinished { answers.remove(.done) }
        // "OK, done" accepts what it has done; a yes and a no together are for people to read.
        if answers.contains(.done) { answers.remove(.accepted) }
        if answers.isEmpty, !isUnfinished || typed.words.count <= 2 {
            reading.isBare = true
            if startsWith(words.jobYes, typed) { answers.insert(.accepted) }
            if startsWith(words.jobNo, typed) { answers.insert(.declined) }
        }
        if answers.count == 1, !isQuestion { reading.answer = answers.first }
        return reading
    }

    /// A yes or a no answers when it comes first, or among very few words; further on it may belong to anything.
    private func startsWith(_ phrases: [Phrase], _ typed: TypedWords) -> Bool {
        let said = typed.words.filter { !$0.allSatisfy(\.isNumber) && !words.ticket.contains($0) }
        let matcher = WordMatcher(Array(said.prefix(3)), vocabulary: words.vocabulary)
        return phrases.contains { phrase in
            guard let place = matcher.find(phrase, .none)?.positions.first else { return false }
            return place == 0 || said.count <= 3
        }
    }

    // MARK: Staff

    /// `nil` when it is no order: staff are customers too.
    package func readOrder(_ text: String) -> StaffOrder? {
        let typed = TypedWords(text)
        let trimmed = text.trimmingPrefix { $0.isWhitespace }
        if trimmed.first == "#" {
            let digits = trimmed.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty else { return nil }
            let rest = trimmed.dropFirst(1 + digits.count).drop { $0.isWhitespace || $0 == ":" || $0 == "," }
            return .say(ticket: Int64(digits) ?? .max, text: String(rest))
        }
        let matcher = WordMatcher(Array(typed.words.prefix(3)), vocabulary: words.vocabulary)
        func begins(_ phrases: [Phrase]) -> Bool { phrases.contains { matcher.find($0)?.positions.first == 0 } }
        // "close 12", "CLOSE #12", "close ticket 12": the number stands near the order.
        let near = typed.words.dropFirst().prefix(3).first { $0.allSatisfy(\.isNumber) }
        if let number = ticket(text, typed) ?? near.map({ Int64($0) ?? .max }) {
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

    // MARK: What a text names

    private func slots(_ text: String, _ typed: TypedWords) -> PersonReading.Slots {
        var slots = PersonReading.Slots()
        slots.ticket = ticket(text, typed)
        let digits = typed.words.filter { $0.contains { $0.isNumber } }
        slots.meters = digits.filter { $0.filter(\.isNumber).count >= 4 }
        let runs = text.split { !$0.isNumber && $0 != " " && $0 != "-" }.map { $0.filter(\.isNumber) }
        slots.token = runs.first { $0.count == 20 }
        return slots
    }

    /// `#12` anywhere, or a ticket's word before a number. What no number can hold is the largest one: no ticket has it.
    private func ticket(_ text: String, _ typed: TypedWords) -> Int64? {
        if let hash = text.firstIndex(of: "#") {
            let digits = text[text.index(after: hash)...].drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber }
            if !digits.isEmpty { return Int64(digits) ?? .max }
        }
        for (index, word) in typed.words.enumerated().dropFirst() {
            guard word.allSatisfy(\.isNumber), word.utf8.count <= 7 else { continue }
            let before = typed.words[index - 1]
            let isNamed =
                words.ticket.contains(before)
                || (index > 1 && ["no", "na", "n", "nr", "num", "number", "namba", "numero"].contains(before)
                    && words.ticket.contains(typed.words[index - 2]))
            if isNamed { return Int64(word) }
        }
        return nil
    }
}
