import Domain

/// Where a pattern came to its end in a text.
struct FormatMiss: Sendable {
    /// The furthest place that was understood up to.
    var position: Int
    /// The steps of the pattern that did not go on there.
    var steps: [Int]
}

/// Tries patterns on one text of one provider.
///
/// Every way to read the text counts, and the fullest is meant. What can still be understood from a step at a position
/// does not depend on how one came there, so each pair is looked at once: time grows with pattern times text.
struct FormatMatcher {
    let text: NormalizedText
    let amounts: AmountShape
    let identifiers: [IdentifierShape]
    let plan: NumberPlan
    let dateOrder: ReadTime.Order
    let currency: String
    /// Words that no name and no remark consists of.
    let glue: Set<String>

    init(_ text: NormalizedText, of provider: PaymentProvider, _ words: PaymentWords) {
        glue = words.glue
        self.text = text
        amounts = provider.amounts
        identifiers = provider.identifiers
        plan = provider.plan
        dateOrder = provider.dateOrder
        currency = provider.currency
    }

    /// No provider writes longer texts; ten parts and a half.
    static let longestText = 1_600
    static let longestField = 80
    static let longestTail = 320
    /// What one text may cost before it is taken for a hostile one.
    private static let mostVisits = 300_000

    func fit(_ pattern: FormatPattern) -> FormatFit { fit(pattern, isTraced: false).fit }

    /// How far a pattern that does not fit came, and which steps were in the way there.
    func trace(_ pattern: FormatPattern) -> (fit: FormatFit, miss: FormatMiss?) { fit(pattern, isTraced: true) }

    private func fit(_ pattern: FormatPattern, isTraced: Bool) -> (fit: FormatFit, miss: FormatMiss?) {
        guard text.folded.count <= Self.longestText else { return (.none, nil) }
        let width = text.folded.count + 1
        return withUnsafeTemporaryAllocation(of: Entry.self, capacity: pattern.choices * width) { entries in
            var search = Search(pattern: pattern, width: width, entries: entries, isTraced: isTraced)
            let best = explore(pattern.start, 0, &search)
            // A text that takes too long to read is built to: nothing is guessed about it.
            if search.visits >= Self.mostVisits { return (.ambiguous, nil) }
            guard best.score > Entry.none.score else { return (.none, search.miss) }
            if best.isAmbiguous { return (.ambiguous, nil) }
            var captures = FormatCaptures()
            follow(from: pattern.start, 0, search, into: &captures)
            captures.score = Int(best.score)
            return (captures.contradictsItself ? .ambiguous : .one(captures), nil)
        }
    }

    /// What is known of going on from a step at a position.
    private struct Entry {
        var score: Int32
        /// Where the best way goes: a branch, or the end of a field.
        var way: Int32
        var isAmbiguous: Bool

        static let none = Entry(score: .min / 2, way: 0, isAmbiguous: false)
    }

    private struct Search {
        let pattern: FormatPattern
        let width: Int
        /// Uninitialised where `seen` has no bit.
        let entries: UnsafeMutableBufferPointer<Entry>
        var seen: [UInt64]
        var visits = 0
        let isTraced: Bool
        var miss = FormatMiss(position: 0, steps: [])

        init(
            pattern: FormatPattern, width: Int, entries: UnsafeMutableBufferPointer<Entry>, isTraced: Bool
        ) {
            self.pattern = pattern
            self.isTraced = isTraced
            self.width = width
            self.entries = entries
            seen = [UInt64](repeating: 0, count: pattern.choices * width / 64 + 1)
        }

        mutating func note(missed step: Int, at position: Int) {
            guard isTraced, position >= miss.position else { return }
            if position > miss.position { miss = FormatMiss(position: position, steps: []) }
            if !miss.steps.contains(step) { miss.steps.append(step) }
        }

        mutating func begin(_ index: Int) -> Bool {
            if seen[index >> 6] & (1 << UInt64(index & 63)) != 0 { return false }
            seen[index >> 6] |= 1 << UInt64(index & 63)
            // A loop that comes back here without a step forward leads nowhere.
            entries[index] = Entry.none
            return true
        }
    }

    private func explore(_ first: Int, _ start: Int, _ search: inout Search) -> Entry {
        var number = first
        var position = start
        var gained: Int32 = 0
        while true {
            let step = search.pattern.steps[number]
            switch step.kind {
            case .end:
                let isAll = skipSeparators(position) == text.folded.count
                if !isAll { search.note(missed: number, at: skipSeparators(position)) }
                return isAll ? Entry(score: gained, way: 0, isAmbiguous: false) : .none
            case .literal:
                guard let end = literalEnd(step.range, search.pattern, position) else {
                    search.note(missed: number, at: position)
                    return .none
                }
                gained += Int32(step.range.count)
                position = end
                number = step.next
            case .separator:
                position = skipSeparators(position)
                number = step.next
            case .either, .place:
                var entry = choose(step, number, position, &search)
                if entry.score > Entry.none.score { entry.score += gained }
                return entry
            }
        }
    }

    private func choose(
        _ step: FormatPattern.Step, _ number: Int, _ position: Int, _ search: inout Search
    ) -> Entry {
        let index = step.choice * search.width + position
        guard search.begin(index) else { return search.entries[index] }
        search.visits += 1
        guard search.visits < Self.mostVisits else { return search.entries[index] }
        var best = search.entries[index]
        var hasEnds = false
        func consider(_ way: Int, _ worth: Int32, next: Int, at end: Int, _ search: inout Search) {
            var entry = explore(next, end, &search)
            guard entry.score > Entry.none.score else { return }
            entry.score += worth
            entry.way = Int32(way)
            if entry.score > best.score {
                best = entry
            } else if entry.score == best.score, !best.isAmbiguous {
                best.isAmbiguous = entry.isAmbiguous || disagree(step, position, best.way, entry.way, search)
            }
        }
        if step.kind == .either {
            for branch in step.range {
                consider(branch, 0, next: search.pattern.branches[branch], at: position, &search)
            }
        } else {
            let place = search.pattern.places[step.range.lowerBound]
            let start = skipSeparators(position)
            forEachEnd(of: place, at: start) { end, worth in
                hasEnds = true
                consider(end, worth, next: step.next, at: end, &search)
            }
        }
        if step.kind == .place, !hasEnds { search.note(missed: number, at: skipSeparators(position)) }
        search.entries[index] = best
        return best
    }

    /// Whether two ways of the same worth say different things about money.
    private func disagree(
        _ step: FormatPattern.Step, _ position: Int, _ first: Int32, _ second: Int32, _ search: Search
    ) -> Bool {
        var one = FormatCaptures()
        var other = FormatCaptures()
        take(Int(first), step, position, search, into: &one)
        take(Int(second), step, position, search, into: &other)
        return !one.agrees(with: other)
    }

    /// Goes the best way and collects what is found on it.
    private func follow(from first: Int, _ start: Int, _ search: Search, into captures: inout FormatCaptures) {
        var number = first
        var position = start
        while true {
            let step = search.pattern.steps[number]
            switch step.kind {
            case .end: return
            case .literal:
                position = literalEnd(step.range, search.pattern, position) ?? position
                number = step.next
            case .separator:
                position = skipSeparators(position)
                number = step.next
            case .either, .place:
                let way = search.entries[step.choice * search.width + position].way
                return take(Int(way), step, position, search, into: &captures)
            }
        }
    }

    private func take(
        _ way: Int, _ step: FormatPattern.Step, _ position: Int, _ search: Search,
        into captures: inout FormatCaptures
    ) {
        if step.kind == .either {
            follow(from: search.pattern.branches[way], position, search, into: &captures)
        } else {
            let place = search.pattern.places[step.range.lowerBound]
            capture(place, skipSeparators(position)..<way, into: &captures)
            follow(from: step.next, way, search, into: &captures)
        }
    }

    // MARK: Words

    private func literalEnd(_ range: Range<Int>, _ pattern: FormatPattern, _ position: Int) -> Int? {
        guard position + range.count <= text.folded.count else { return nil }
        var place = position
        for index in range {
            if text.folded[place] != pattern.letters[index] { return nil }
            place += 1
        }
        return isInsideWord(place) ? nil : place
    }

    /// A word of the pattern does not end inside a word of the text; where case or kind changes, words were run together.
    private func isInsideWord(_ position: Int) -> Bool {
        guard position > 0, position < text.folded.count, !text.folded[position].isDigit,
            text.folded[position].isWordCharacter, text.folded[position - 1].isWordCharacter,
            !text.folded[position - 1].isDigit
        else { return false }
        return text.isUppercase(position) == text.isUppercase(position - 1)
    }

    func skipSeparators(_ position: Int) -> Int {
        var position = position
        while position < text.folded.count, Separators.isSeparator(text.folded[position]) { position += 1 }
        return position
    }
}
