import Domain

/// The weights by which ways to read a text are compared.
enum Worth {
    /// The weight of a field; each letter of the pattern's own words adds 1.
    static func field(_ field: FormatField) -> Int32 {
        if field.isForgotten { return 70 }
        // An id is preferred to free text in the same position.
        return field.shape == .text ? 100 : 160
    }
    /// The penalty for a full stop inside a field.
    static let crossing: Int32 = 120

    /// The bonus for punctuation after a field.
    static let punctuation: Int32 = 10

    /// The penalty for a name that begins with a glue word such as "from": it is probably the end of another clause.
    static let glued: Int32 = 111
    /// The lower penalty if the glue word is capitalised, as in De Souza.
    static let particle: Int32 = 40

    /// The penalty for an unclosed bracket.
    static let bracket: Int32 = 15

    /// The penalty for text that is left to the advertisement and not understood.
    static func tail(_ length: Int) -> Int32 { -Int32(min(50, length / 4)) }
    static func sentence(_ length: Int) -> Int32 { -Int32(min(20, 1 + length / 8)) }
}

/// The possible ends of a pattern's fields, and the values in them.
extension FormatMatcher {
    /// Calls `body` with every possible end of a place that begins at `start`, and its weight; the preferred one first.
    /// Punctuation between words belongs to no field; a minus sign is found by looking back.
    func forEachEnd(of place: FormatPattern.Place, at start: Int, _ body: (_ end: Int, _ worth: Int32) -> Void) {
        guard start < text.folded.count else {
            if place.shape == .tail { body(start, 0) }
            return
        }
        switch place.shape {
        case .amount:
            if let span = amounts.span(text.folded, at: start, needsCurrency: !place.isBare) {
                body(span.end, Worth.field(place.field))
            }
        case .identifier:
            for shape in identifiers {
                if let end = shape.match(text.folded, at: start) { body(end, Worth.field(place.field)) }
            }
        case .phone: phoneEnds(at: start) { body($0, Worth.field(place.field)) }
        case .date:
            if let (_, end) = ReadTime.date(text.folded, at: start, dateOrder) { body(end, Worth.field(place.field)) }
        case .time:
            if let (_, _, end) = ReadTime.time(text.folded, at: start) { body(end, Worth.field(place.field)) }
        case .tail:
            if mayBeginTail(start) { body(text.folded.count, Worth.tail(text.folded.count - start)) }
        case .sentence: if let end = sentenceEnd(at: start) { body(end, Worth.sentence(end - start)) }
        case .text, .letters, .code, .digits: textEnds(at: start, place, body)
        }
    }

    func capture(_ place: FormatPattern.Place, _ range: Range<Int>, into captures: inout FormatCaptures) {
        let start = range.lowerBound
        captures.spans[place.field] = range
        switch place.shape {
        case .amount:
            guard let span = amounts.span(text.folded, at: start, needsCurrency: !place.isBare) else { return }
            captures.set(place.field, amounts.read(text.folded, span, defaultCurrency: currency))
        case .identifier: captures.set(place.field, String(ofScalars: text.folded[range]).uppercased())
        case .phone:
            guard place.field == .payerPhone else { return }
            if let phone = phone(in: range) { captures.set(phone) } else { captures.hasMaskedPhone = true }
        case .date:
            guard let (date, _) = ReadTime.date(text.folded, at: start, dateOrder) else { return }
            if let date { captures.date = date } else { captures.hasImpossibleTime = true }
        case .time:
            guard let (minute, second, _) = ReadTime.time(text.folded, at: start) else { return }
            if let minute {
                (captures.minute, captures.second) = (minute, second)
            } else {
                captures.hasImpossibleTime = true
            }
        case .tail: captures.tail = start
        case .sentence: captures.noise.append(range)
        case .text, .letters, .code, .digits: captures.set(place.field, Self.trimmed(text.text(range)))
        }
    }

    // MARK: Texts without a meaning

    /// Whether an advertisement may begin here; it cannot begin inside a word.
    private func mayBeginTail(_ start: Int) -> Bool {
        guard text.folded.count - start <= Self.longestTail else { return false }
        return start == 0 || !text.folded[start].isWordCharacter || !text.folded[start - 1].isWordCharacter
    }

    /// The end of one whole sentence without any amount; a sentence about money is never skipped.
    private func sentenceEnd(at start: Int) -> Int? {
        guard start == 0 || isSentenceEnd(before: start) else { return nil }
        var end = start
        while end < text.folded.count, end - start < Self.longestTail {
            if isStop(end) { return end + 1 }
            if amounts.span(text.folded, at: end, needsCurrency: true) != nil { return nil }
            end += 1
        }
        return end == text.folded.count ? end : nil
    }

    /// Whether a mark ends a sentence, and is not part of a number, an id or an address.
    func isStop(_ position: Int) -> Bool {
        switch text.folded[position] {
        case "!", "?", ";": true
        case ".":
            position + 1 == text.folded.count || text.folded[position + 1] == " "
                || text.isUppercase(position + 1) && !text.folded[max(position - 1, 0)].isDigit
        default: false
        }
    }

    private func isSentenceEnd(before start: Int) -> Bool {
        var position = start - 1
        while position >= 0, Separators.isSeparator(text.folded[position]) {
            if isStop(position) || text.folded[position] == "." || text.folded[position] == "," { return true }
            position -= 1
        }
        return position < 0
    }

    // MARK: Telephone numbers

    /// Calls `body` with the possible ends of a phone number, the longest first; part of the number may be masked.
    private func phoneEnds(at start: Int, _ body: (Int) -> Void) {
        guard start == 0 || !text.folded[start - 1].isWordCharacter || text.folded[start - 1] == "x" else { return }
        var ends: [Int] = []
        let begin = maskStart(start)
        var end = begin
        if text.folded[end] == "+" { end += 1 }
        while end < text.folded.count, end - begin < 24 {
            let scalar = text.folded[end]
            if isNumeral(scalar) {
                end += 1
                if end == text.folded.count || !isNumeral(text.folded[end]) { ends.append(end) }
            } else if scalar == " " || scalar == "-", end + 1 < text.folded.count, text.folded[end + 1].isDigit {
                end += 1
            } else {
                break
            }
        }
        for end in ends.reversed() where isPhone(begin..<end) { body(end) }
    }

    /// The start of a number, including asterisks that mask its first digits.
    private func maskStart(_ start: Int) -> Int {
        var start = start
        while start > 0, text.folded[start - 1] == "*" { start -= 1 }
        return start
    }

    private func isNumeral(_ scalar: Unicode.Scalar) -> Bool { scalar.isDigit || scalar == "*" || scalar == "x" }

    private func isPhone(_ range: Range<Int>) -> Bool {
        guard range.upperBound == text.folded.count || !text.folded[range.upperBound].isWordCharacter else {
            return false
        }
        let written = text.folded[range]
        if written.contains("*") || written.contains("x") {
            return written.filter(\.isDigit).count >= 2 && written.count >= 7
        }
        return phone(in: range) != nil
    }

    private func phone(in range: Range<Int>) -> PhoneNumber? {
        plan.phone(text.text(maskStart(range.lowerBound)..<range.upperBound))
    }

    // MARK: Names

    /// A name without the separators around it; the full stop of an initial stays.
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
