import Domain

/// Tries patterns on one text from one provider.
///
/// Of all ways to read the text, the one with the highest score wins. The result from a step at a position does not
/// depend on the way there, so each pair is explored once: time grows with pattern length times text length.
final class FormatMatcher {
    let text: NormalizedText
    let glue: GlueWords
    let amounts: AmountShape
    let identifiers: [IdentifierShape]
    let plan: NumberPlan
    let dateOrder: ReadTime.Order
    let currency: String

    init(_ text: IndexedText, of provider: PaymentProvider) {
        self.text = text.text
        glue = text.glue
        amounts = provider.amounts
        identifiers = provider.identifiers
        plan = provider.plan
        dateOrder = provider.dateOrder
        currency = provider.currency
    }

    /// The maximum length of a text, in characters: about ten and a half parts. No provider writes longer ones.
    static let longestText = 1_600
    static let longestField = 80
    static let longestTail = 320
    /// The maximum number of step and position pairs for one text, beyond which it is treated as hostile.
    private static let mostVisits = 300_000

    private static let deepest = 1_500

    func fit(_ pattern: FormatPattern) -> FormatFit { fit(pattern, isTraced: false).fit }

    /// How far a pattern that does not match came, and which steps did not match there.
    func trace(_ pattern: FormatPattern) -> (fit: FormatFit, miss: FormatMiss?) { fit(pattern, isTraced: true) }

    private func fit(_ pattern: FormatPattern, isTraced: Bool) -> (fit: FormatFit, miss: FormatMiss?) {
        guard text.folded.count <= Self.longestText else { return (.none, nil) }
        let width = text.folded.count + 1
        return withUnsafeTemporaryAllocation(of: Entry.self, capacity: pattern.choices * width) { entries in
            // Plain memory for the innermost loop: reference counting would take most of its time.
            pattern.withUnsafePointers { steps, places, branches, firsts, letters in
                text.folded.withUnsafeBufferPointer { folded in
                    var search = Search(
                        pattern: pattern, steps: steps, places: places, branches: branches, firsts: firsts,
                        letters: letters, text: folded, width: width, entries: entries, isTraced: isTraced)
                    return conclude(explore(pattern.start, 0, &search), search)
                }
            }
        }
    }

    private func conclude(_ best: Entry, _ search: Search) -> (fit: FormatFit, miss: FormatMiss?) {
        // A text that takes too long to read is probably crafted, so it is not interpreted.
        if search.visits >= Self.mostVisits { return (.ambiguous, nil) }
        guard best.score > Entry.none.score else { return (.none, search.miss) }
        if best.isAmbiguous { return (.ambiguous, nil) }
        var captures = FormatCaptures()
        follow(from: search.pattern.start, 0, search, into: &captures)
        captures.score = Int(best.score)
        return (captures.contradictsItself ? .ambiguous : .one(captures), nil)
    }

    /// The best result from a step at a position.
    private struct Entry {
        var score: Int32
        /// The choice of the best way: a branch, or the end of a field.
        var way: Int32
        var isAmbiguous: Bool

        static let none = Entry(score: .min / 2, way: 0, isAmbiguous: false)
    }

    private struct Search {
        let pattern: FormatPattern
        let steps: UnsafeBufferPointer<FormatPattern.Step>
        let places: UnsafeBufferPointer<FormatPattern.Place>
        let branches: UnsafeBufferPointer<Int>
        let firsts: UnsafeBufferPointer<FirstSet>
        let letters: UnsafeBufferPointer<Unicode.Scalar>
        let text: UnsafeBufferPointer<Unicode.Scalar>
        let width: Int
        /// Uninitialised if the bit in `seen` is not set.
        let entries: UnsafeMutableBufferPointer<Entry>
        var seen: [UInt64]
        var visits = 0
        var depth = 0
        let isTraced: Bool
        var miss = FormatMiss(position: 0, steps: [])

        init(
            pattern: FormatPattern, steps: UnsafeBufferPointer<FormatPattern.Step>,
            places: UnsafeBufferPointer<FormatPattern.Place>, branches: UnsafeBufferPointer<Int>,
            firsts: UnsafeBufferPointer<FirstSet>, letters: UnsafeBufferPointer<Unicode.Scalar>,
            text: UnsafeBufferPointer<Unicode.Scalar>, width: Int,
            entries: UnsafeMutableBufferPointer<Entry>, isTraced: Bool
        ) {
            self.pattern = pattern
            self.steps = steps
            self.places = places
            self.branches = branches
            self.firsts = firsts
            self.letters = letters
            self.text = text
            self.width = width
            self.entries = entries
            self.isTraced = isTraced
            seen = [UInt64](repeating: 0, count: pattern.choices * width / 64 + 1)
        }

        mutating func note(missed step: Int, at position: Int) {
            guard isTraced, position >= miss.position else { return }
            if position > miss.position { miss = FormatMiss(position: position, steps: []) }
            if !miss.steps.contains(step) { miss.steps.append(step) }
        }

        mutating func begin(_ index: Int) -> Bool {
            let bit: UInt64 = 1 << UInt64(index & 63)
            if seen[index >> 6] & bit != 0 { return false }
            seen[index >> 6] |= bit
            // A loop that returns here without progress does not match.
            entries[index] = .none
            return true
        }

        func skipSeparators(_ position: Int) -> Int {
            var position = position
            while position < text.count, Separators.isSeparator(text[position]) { position += 1 }
            return position
        }

        /// The end of a pattern word that begins here; `nil` if the text has another word.
        func literalEnd(_ range: Range<Int>, _ position: Int) -> Int? {
            guard position + range.count <= text.count else { return nil }
            var place = position
            for index in range {
                if text[place] != letters[index] { return nil }
                place += 1
            }
            return place
        }
    }

    private func explore(_ first: Int, _ start: Int, _ search: inout Search) -> Entry {
        var number = first
        var position = start
        var gained: Int32 = 0
        while true {
            let step = search.steps[number]
            switch step.kind {
            case .end:
                let isAll = search.skipSeparators(position) == search.text.count
                if !isAll { search.note(missed: number, at: search.skipSeparators(position)) }
                return isAll ? Entry(score: gained, way: 0, isAmbiguous: false) : .none
            case .literal:
                guard let end = search.literalEnd(step.range, position), !isInsideWord(end) else {
                    search.note(missed: number, at: position)
                    return .none
                }
                gained += Int32(step.range.count)
                position = end
                number = step.next
            case .separator:
                position = search.skipSeparators(position)
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
        search.depth += 1
        defer { search.depth -= 1 }
        // Recursion uses stack: a text crafted to recurse deeply is treated as one that takes too long.
        if search.depth > Self.deepest { search.visits = Self.mostVisits }
        guard search.visits < Self.mostVisits else { return search.entries[index] }
        var best = Entry.none
        let start = search.skipSeparators(position)
        if step.kind == .either {
            let next = start < search.text.count ? search.text[start] : nil
            for branch in step.range {
                guard search.firsts[branch].contains(next) else {
                    search.note(missed: search.branches[branch], at: start)
                    continue
                }
                var entry = explore(search.branches[branch], position, &search)
                entry.way = Int32(branch)
                consider(entry, for: step, at: position, &best, search)
            }
        } else {
            let place = search.places[step.range.lowerBound]
            var hasEnds = false
            forEachEnd(of: place, at: start) { end, worth in
                hasEnds = true
                var entry = explore(step.next, end, &search)
                entry.way = Int32(end)
                if entry.score > Entry.none.score { entry.score += worth }
                consider(entry, for: step, at: position, &best, search)
            }
            if !hasEnds { search.note(missed: number, at: start) }
        }
        search.entries[index] = best
        return best
    }

    /// Keeps the better of two ways; of two with equal score, records whether they disagree.
    private func consider(
        _ entry: Entry, for step: FormatPattern.Step, at position: Int, _ best: inout Entry, _ search: Search
    ) {
        guard entry.score > Entry.none.score else { return }
        if entry.score > best.score {
            best = entry
        } else if entry.score == best.score, !best.isAmbiguous {
            best.isAmbiguous = entry.isAmbiguous || disagree(step, position, best.way, entry.way, search)
        }
    }

    /// Whether two ways with equal score disagree about money.
    private func disagree(
        _ step: FormatPattern.Step, _ position: Int, _ first: Int32, _ second: Int32, _ search: Search
    ) -> Bool {
        var one = FormatCaptures()
        var other = FormatCaptures()
        take(Int(first), step, position, search, into: &one)
        take(Int(second), step, position, search, into: &other)
        return !one.agrees(with: other)
    }

    /// Follows the best way and collects its fields.
    private func follow(from first: Int, _ start: Int, _ search: Search, into captures: inout FormatCaptures) {
        var number = first
        var position = start
        while true {
            let step = search.steps[number]
            switch step.kind {
            case .end: return
            case .literal:
                position += step.range.count
                number = step.next
            case .separator:
                position = search.skipSeparators(position)
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
            follow(from: search.branches[way], position, search, into: &captures)
        } else {
            let place = search.places[step.range.lowerBound]
            capture(place, search.skipSeparators(position)..<way, into: &captures)
            follow(from: step.next, way, search, into: &captures)
        }
    }

    // MARK: Words

    /// Whether a pattern word would end inside a word of the text. Where case or kind changes, words were run together.
    private func isInsideWord(_ position: Int) -> Bool {
        guard position > 0, position < text.folded.count, !text.folded[position].isDigit,
            text.folded[position].isWordCharacter, text.folded[position - 1].isWordCharacter,
            !text.folded[position - 1].isDigit
        else { return false }
        return text.isUppercase(position) == text.isUppercase(position - 1)
    }
}
