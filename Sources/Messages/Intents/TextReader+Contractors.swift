import Domain

/// Reads the answers of contractors.
extension TextReader {
    package func readJob(_ text: String) -> JobReading {
        let typed = TypedWords(text)
        let matcher = WordMatcher(typed.words, words.index)
        var reading = JobReading(ticket: TextSlots(text, typed.words, words).ticket)
        let isQuestion = text.contains("?") || says(words.questions, matcher)
        var answers = Set(
            JobAnswer.allCases.filter { answer in
                (words.answers[answer] ?? []).contains { matcher.find($0, .longWords) != nil }
            })
        let isUnfinished = words.unfinished.contains { matcher.find($0, .none) != nil }
        if isUnfinished { answers.remove(.done) }
        // "OK, done" means done. A yes and a no together go to staff.
        if answers.contains(.done) { answers.remove(.accepted) }
        if answers.isEmpty, !isUnfinished || typed.words.count <= 2 {
            reading.isBare = true
            if startsWith(words.jobYes, typed) { answers.insert(.accepted) }
            if startsWith(words.jobNo, typed) { answers.insert(.declined) }
        }
        if answers.count == 1, !isQuestion { reading.answer = answers.first }
        reading.isUnderWay = reading.answer == nil && !isQuestion && says(words.underWay, matcher)
        return reading
    }

    /// A yes or a no counts only as the first word or in a text of at most three words; later it may refer to anything.
    private func startsWith(_ phrases: [Phrase], _ typed: TypedWords) -> Bool {
        let said = typed.words.filter { !$0.allSatisfy(\.isNumber) && !words.ticket.contains($0) }
        let matcher = WordMatcher(Array(said.prefix(3)), words.index)
        return phrases.contains { phrase in
            guard let place = matcher.find(phrase, .none)?.positions.first else { return false }
            return place == 0 || said.count <= 3
        }
    }
}
