/// Where a free text in a format may end.
extension FormatMatcher {
    /// Calls `body` with free text of every length, the shortest first; the step after it decides where it ends.
    func textEnds(at start: Int, _ place: FormatPattern.Place, _ body: (Int, Int32) -> Void) {
        let shape = place.shape
        let isName = place.field == .payerName
        var end = start
        var hasDigit = false
        var hasLetter = false
        // In `Message: . Your balance` the field is empty, and the next sentence is not part of it.
        let isApart = isBehindEmptySentence(start) || isName && isBehindFullStop(start)
        var worth = Worth.field(place.field) - (isApart ? Worth.crossing : 0)
        if isName, glue.contains(start) { worth -= text.isUppercase(start) ? Worth.particle : Worth.glued }
        while end < text.folded.count, end - start < Self.longestField {
            let scalar = text.folded[end]
            switch shape {
            case .letters where scalar.isDigit: return
            case .digits where !scalar.isDigit, .code where !scalar.isWordCharacter: return
            default: break
            }
            hasDigit = hasDigit || scalar.isDigit
            hasLetter = hasLetter || (isName ? scalar.isLetter : !Separators.isSeparator(scalar))
            end += 1
            if scalar == "(" { worth -= Worth.bracket }
            if scalar == ")" { worth += Worth.bracket }
            if mayEnd(end, from: start), hasLetter, shape != .code || hasDigit,
                place.field.isForgotten || !glue.isAll(start..<end)
            {
                // The last word may belong to the next step: `0417 Date:`.
                let isWhole = isBeforePunctuation(end) && !glue.contains(end - 1)
                body(end, worth + (isWhole ? Worth.punctuation : 0))
            }
            // After a full stop another sentence begins, unless the rest can be read no other way.
            if hasLetter, isStop(end - 1), !isInitial(end - 1) { worth -= Worth.crossing }
        }
    }

    private func mayEnd(_ end: Int, from start: Int) -> Bool {
        let last = text.folded[end - 1]
        let next = end < text.folded.count ? text.folded[end] : nil
        // A field never ends inside a word, unless the text runs words together where case or kind changes.
        if let next, last.isWordCharacter, next.isWordCharacter, last.isDigit == next.isDigit, !isCaseChange(end) {
            return false
        }
        guard !Separators.isSeparator(last) || last == "." || last == ")" else { return false }
        // The full stop of an initial belongs to the initial.
        if next == ".", last.isWordCharacter, !last.isDigit, end - start >= 2, !text.folded[end - 2].isWordCharacter {
            return false
        }
        return true
    }

    /// Whether an empty sentence ends right before the position.
    private func isBehindEmptySentence(_ start: Int) -> Bool {
        var position = start - 1
        while position > 0, Separators.isSeparator(text.folded[position]) {
            if text.folded[position] == ".", Separators.isSeparator(text.folded[position - 1]) { return true }
            position -= 1
        }
        return false
    }

    /// Whether a new sentence begins here; a name does not begin with one.
    private func isBehindFullStop(_ start: Int) -> Bool {
        start >= 2 && text.folded[start - 1] == " " && text.folded[start - 2] == "." && !isInitial(start - 2)
    }

    private func isBeforePunctuation(_ end: Int) -> Bool {
        guard end < text.folded.count else { return true }
        guard text.folded[end] != " ", Separators.isSeparator(text.folded[end]) else { return false }
        // `08:10` and `1.5` are single values.
        return !(text.folded[end - 1].isDigit && end + 1 < text.folded.count && text.folded[end + 1].isDigit)
    }

    private func isInitial(_ point: Int) -> Bool {
        point >= 2 && text.folded[point - 1].isWordCharacter && !text.folded[point - 2].isWordCharacter
    }

    private func isCaseChange(_ position: Int) -> Bool {
        !text.isUppercase(position - 1) && text.isUppercase(position)
    }
}
