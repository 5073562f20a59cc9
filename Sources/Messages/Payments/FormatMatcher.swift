import Domain

/// What a pattern found in a text, place by place.
struct FormatCaptures: Sendable {
    var texts: [FormatField: String] = [:]
    var amounts: [FormatField: ReadAmount] = [:]
    var date: CalendarDate?
    var minute: Int?
    var second: Int?
    var phone: PhoneNumber?
    /// Where the advertisement begins.
    var tail: Int?
    /// A date or time of the right shape that does not exist.
    var hasImpossibleTime = false

    /// Whether two ways of reading agree on what money depends on.
    func agrees(with other: FormatCaptures) -> Bool {
        func same<Value: Equatable>(_ a: Value?, _ b: Value?) -> Bool { a == b || a == nil || b == nil }
        return amounts[.amount] == other.amounts[.amount] && same(amounts[.newBalance], other.amounts[.newBalance])
            && same(texts[.txnID], other.texts[.txnID]) && same(texts[.originalTxnID], other.texts[.originalTxnID])
            && same(phone, other.phone)
    }

    /// How much of the text was understood: of several ways to read it, the fullest is meant.
    var score: Int {
        100
            * (texts.count + amounts.count + (date == nil ? 0 : 1) + (minute == nil ? 0 : 1) + (phone == nil ? 0 : 1)
                + (hasImpossibleTime ? 1 : 0)) + words
    }
    /// Letters matched by the pattern's own words.
    fileprivate(set) var words = 0
}

/// How a pattern fits a text.
enum FormatFit: Sendable {
    case none
    case one(FormatCaptures)
    /// Several ways that disagree about money: somebody wrote a payment phrase into a name.
    case ambiguous
}

/// Tries a pattern on a text. Backtracks, within a bound.
struct FormatMatcher {
    let text: NormalizedText
    let amounts: AmountShape
    let identifiers: [IdentifierShape]
    let plan: NumberPlan
    let dateOrder: ReadTime.Order

    private static let longestText = 80
    private static let longestTail = 320
    private static let mostSteps = 40_000

    func fit(_ pattern: FormatPattern) -> FormatFit {
        guard text.contains(pattern.landmark) else { return .none }
        var search = Search()
        walk(pattern, pattern.start, 0, FormatCaptures(), &search)
        // A text that takes too long to read is built to: nothing is guessed about it.
        if search.steps >= Self.mostSteps { return .ambiguous }
        guard let best = search.best else { return .none }
        return search.isAmbiguous ? .ambiguous : .one(best)
    }

    private struct Search {
        var best: FormatCaptures?
        var isAmbiguous = false
        var steps = 0

        mutating func found(_ captures: FormatCaptures) {
            guard let best, captures.score <= best.score else {
                best = captures
                isAmbiguous = false
                return
            }
            if captures.score == best.score, !captures.agrees(with: best) { isAmbiguous = true }
        }
    }

    private func walk(
        _ pattern: FormatPattern, _ step: Int, _ position: Int, _ captures: FormatCaptures, _ search: inout Search
    ) {
        search.steps += 1
        guard search.steps < Self.mostSteps else { return }
        switch pattern.steps[step] {
        case .end:
            guard skipSeparators(position) == text.folded.count else { return }
            search.found(captures)
        case .literal(let word, let next):
            guard position + word.count <= text.folded.count else { return }
            for offset in word.indices where text.folded[position + offset] != word[offset] { return }
            var captures = captures
            captures.words += word.count
            walk(pattern, next, position + word.count, captures, &search)
        case .separator(let next):
            walk(pattern, next, skipSeparators(position), captures, &search)
        case .either(let branches):
            for branch in branches { walk(pattern, branch, position, captures, &search) }
        case .place(let place, let next):
            for (captures, end) in candidates(for: place, at: position, captures) {
                walk(pattern, next, end, captures, &search)
            }
        }
    }

    private func skipSeparators(_ position: Int) -> Int {
        var position = position
        while position < text.folded.count, Separators.isSeparator(text.folded[position]) { position += 1 }
        return position
    }

    /// Every way to read a place at a position, the preferred one first.
    private func candidates(for place: FormatPattern.Place, at start: Int, _ captures: FormatCaptures) -> [(
        FormatCaptures, Int
    )] {
        // Punctuation between words belongs to no field; a sign is seen by looking back.
        let start = skipSeparators(start)
        guard start < text.folded.count else { return place.shape == .tail ? [(captures, start)] : [] }
        // An advertisement does not begin in the middle of a word.
        if place.shape == .tail, start > 0, text.folded[start].isWordCharacter, text.folded[start - 1].isWordCharacter {
            return []
        }
        var found = captures
        switch place.shape {
        case .amount:
            guard let (amount, end) = amounts.match(text.folded, at: start, needsCurrency: !place.isBare) else {
                return []
            }
            found.amounts[place.field] = amount
            return [(found, end)]
        case .identifier:
            return identifiers.compactMap { $0.match(text.folded, at: start) }.map { end in
                found.texts[place.field] = text.text(start..<end).uppercased()
                return (found, end)
            }
        case .phone: return phones(at: start, place, captures)
        case .date:
            guard let (date, end) = ReadTime.date(text.folded, at: start, dateOrder) else { return [] }
            if let date { found.date = date } else { found.hasImpossibleTime = true }
            return [(found, end)]
        case .time:
            guard let (minute, second, end) = ReadTime.time(text.folded, at: start) else { return [] }
            if let minute { (found.minute, found.second) = (minute, second) } else { found.hasImpossibleTime = true }
            return [(found, end)]
        case .tail:
            found.tail = start
            return text.folded.count - start <= Self.longestTail ? [(found, text.folded.count)] : []
        case .text, .letters, .code, .digits: return texts(at: start, place, captures)
        }
    }

    /// Free text of every length, the shortest first: what follows it decides where it ends.
    private func texts(at start: Int, _ place: FormatPattern.Place, _ captures: FormatCaptures) -> [(
        FormatCaptures, Int
    )] {
        var results: [(FormatCaptures, Int)] = []
        var end = start
        while end < text.folded.count, end - start < Self.longestText {
            let scalar = text.folded[end]
            switch place.shape {
            case .letters where scalar.isDigit: return results
            case .digits where !scalar.isDigit, .code where !scalar.isWordCharacter: return results
            default: break
            }
            end += 1
            // A field never ends inside a word, unless the text runs words together at a change of kind.
            if end < text.folded.count, text.folded[end - 1].isWordCharacter, text.folded[end].isWordCharacter,
                text.folded[end - 1].isDigit == text.folded[end].isDigit, !isCaseChange(end)
            {
                continue
            }
            guard
                !Separators.isSeparator(text.folded[end - 1]) || text.folded[end - 1] == "."
                    || text.folded[end - 1] == ")"
            else { continue }
            // The point of an initial belongs to it.
            if end < text.folded.count, text.folded[end] == ".", text.folded[end - 1].isWordCharacter,
                !text.folded[end - 1].isDigit,
                end - start >= 2, !text.folded[end - 2].isWordCharacter
            {
                continue
            }
            let words = Self.trimmed(text.text(start..<end))
            if place.shape == .code, !words.unicodeScalars.contains(where: \.isDigit) { continue }
            guard !words.isEmpty else { continue }
            var found = captures
            found.texts[place.field] = words
            results.append((found, end))
        }
        return results
    }

    private func isCaseChange(_ position: Int) -> Bool {
        text.scalars[position - 1].properties.isLowercase && text.scalars[position].properties.isUppercase
    }

    /// A telephone number, also one with its middle masked, the longest first.
    private func phones(at start: Int, _ place: FormatPattern.Place, _ captures: FormatCaptures) -> [(
        FormatCaptures, Int
    )] {
        guard start == 0 || !text.folded[start - 1].isWordCharacter || text.folded[start - 1] == "x" else { return [] }
        var start = start
        // A number whose first digits are masked by asterisks begins with them.
        while start > 0, text.folded[start - 1] == "*" { start -= 1 }
        var ends: [Int] = []
        var end = start
        if text.folded[end] == "+" { end += 1 }
        while end < text.folded.count, end - start < 24 {
            let scalar = text.folded[end]
            if scalar.isDigit || scalar == "*" || scalar == "x" {
                end += 1
                if end == text.folded.count
                    || !(text.folded[end].isDigit || text.folded[end] == "*" || text.folded[end] == "x")
                {
                    ends.append(end)
                }
            } else if scalar == " ", end + 1 < text.folded.count, text.folded[end + 1].isDigit {
                end += 1
            } else {
                break
            }
        }
        return ends.reversed().compactMap { end in
            guard end == text.folded.count || !text.folded[end].isWordCharacter else { return nil }
            let written = text.text(start..<end)
            var found = captures
            if written.contains("*") || written.lowercased().contains("x") {
                guard written.filter(\.isNumber).count >= 2, written.count >= 7 else { return nil }
                return (found, end)
            }
            guard let phone = plan.phone(written) else { return nil }
            if place.field == .payerPhone { found.phone = phone }
            return (found, end)
        }
    }

    /// A name without what stood around it; the point of an initial stays.
    static func trimmed(_ text: String) -> String {
        var words = Substring(text)
        while let first = words.unicodeScalars.first, Separators.isSeparator(first), first != "(", first != "*" {
            words = Substring(words.unicodeScalars.dropFirst())
        }
        while let last = words.unicodeScalars.last, Separators.isSeparator(last) {
            if last == ")", words.contains("(") { break }
            if last == "." {
                let before = words.unicodeScalars.dropLast()
                let initial = before.split(separator: " ").last
                if before.last?.isWordCharacter == true, initial?.count == 1 { break }
            }
            words = Substring(words.unicodeScalars.dropLast())
        }
        return String(words)
    }
}
