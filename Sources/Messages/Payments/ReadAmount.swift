import Domain

/// An amount as a text prints it.
struct ReadAmount: Hashable, Sendable {
    /// The exact decimal without thousands separators; `nil` when the digits make no number.
    var decimal: String?
    /// ISO code of the currency written beside it.
    var currency: String?
    var isNegative: Bool
}

/// How amounts are written in one country or by one provider.
struct AmountShape: Sendable {
    /// Folded spellings of currencies, longest first: `tsh` is TZS.
    let currencies: [(word: [Unicode.Scalar], code: String)]
    /// Whether a space may separate thousands.
    let spacedThousands: Bool
    /// Whether thousands are separated by points and decimals by a comma.
    let decimalComma: Bool

    init(currencies: [String: String], spacedThousands: Bool, decimalComma: Bool) {
        self.currencies = currencies.map { (Folding.fold($0.key), $0.value) }.sorted { $0.word.count > $1.word.count }
        self.spacedThousands = spacedThousands
        self.decimalComma = decimalComma
    }

    /// Reads the amount that begins at `start`, its currency before or behind it.
    func match(_ text: [Unicode.Scalar], at start: Int, needsCurrency: Bool) -> (amount: ReadAmount, end: Int)? {
        guard start < text.count else { return nil }
        var position = start
        var currency: String?
        var isNegative = Self.hasSign(text, before: start)
        if let found = currencyWord(text, at: start) {
            // A word that goes on before is another word.
            guard start == 0 || !("a"..."z").contains(text[start - 1]) || found.isGlued(text, start) else { return nil }
            currency = found.code
            position = found.end
            func skipMarks() {
                while position < text.count, text[position] == " " || text[position] == "." || text[position] == ":" {
                    position += 1
                }
            }
            skipMarks()
            // Some texts say it twice: `Ksh Ksh4,870.00`.
            if let again = currencyWord(text, at: position), again.code == found.code {
                position = again.end
                skipMarks()
            }
            if position < text.count, text[position] == "-" || text[position] == "+" {
                isNegative = text[position] == "-"
                position += 1
            }
        } else if start > 0, text[start - 1].isDigit || Self.isMiddleOfNumber(text, start) {
            return nil
        }
        guard let (digits, end) = number(text, at: position) else { return nil }
        var after = end
        var behind = end
        while behind < text.count, text[behind] == " " { behind += 1 }
        if let found = currencyWord(text, at: behind), currency == nil || currency == found.code,
            found.end == text.count || !text[found.end].isWordCharacter
        {
            currency = currency ?? found.code
            after = found.end
        }
        guard currency != nil || !needsCurrency else { return nil }
        return (ReadAmount(decimal: decimal(digits), currency: currency, isNegative: isNegative), after)
    }

    private struct Word {
        let code: String
        let end: Int
        /// After a time of day the currency may follow without a space: `3:57 PMKsh40.00`.
        func isGlued(_ text: [Unicode.Scalar], _ start: Int) -> Bool {
            start >= 2 && text[start - 1] == "m" && (text[start - 2] == "p" || text[start - 2] == "a")
        }
    }

    private func currencyWord(_ text: [Unicode.Scalar], at start: Int) -> Word? {
        for (word, code) in currencies where start + word.count <= text.count {
            if text[start..<(start + word.count)].elementsEqual(word) {
                return Word(code: code, end: start + word.count)
            }
        }
        return nil
    }

    /// A run of digits with separators between them, as long as it goes.
    private func number(_ text: [Unicode.Scalar], at start: Int) -> (digits: [Unicode.Scalar], end: Int)? {
        guard start < text.count, text[start].isDigit else { return nil }
        var end = start
        while end < text.count {
            let scalar = text[end]
            if scalar.isDigit {
                end += 1
            } else if scalar == "." || scalar == "," || scalar == "'", end + 1 < text.count, text[end + 1].isDigit {
                end += 1
            } else if spacedThousands, scalar == " ", Self.isGroup(text, at: end + 1) {
                end += 1
            } else {
                break
            }
        }
        return (Array(text[start..<end]), end)
    }

    /// Exactly three digits, as thousands are grouped.
    private static func isGroup(_ text: [Unicode.Scalar], at start: Int) -> Bool {
        guard start + 3 <= text.count, text[start..<(start + 3)].allSatisfy(\.isDigit) else { return false }
        return start + 3 == text.count || !text[start + 3].isDigit
    }

    private func decimal(_ digits: [Unicode.Scalar]) -> String? {
        let point: Unicode.Scalar = decimalComma ? "," : "."
        let pieces = digits.split(separator: point, omittingEmptySubsequences: false)
        guard pieces.count <= 2, let whole = pieces.first else { return nil }
        let groups = whole.split(omittingEmptySubsequences: false) { !$0.isDigit }
        let decimals = pieces.count == 2 ? pieces[1] : []
        guard decimals.allSatisfy(\.isDigit) else { return nil }
        // Thousands, or the lakhs of South Asia: the last group has three digits, those before it two or three.
        if groups.count > 1 {
            guard let first = groups.first, (1...3).contains(first.count), groups.last?.count == 3,
                groups.dropFirst().dropLast().allSatisfy({ (2...3).contains($0.count) })
            else { return nil }
        }
        let text = String(String.UnicodeScalarView(groups.flatMap { $0 }))
        guard !text.isEmpty, text.count <= 30 else { return nil }
        return decimals.isEmpty ? text : text + "." + String(String.UnicodeScalarView(decimals))
    }

    /// A minus that belongs to the number: directly before it, and not a dash between words.
    private static func hasSign(_ text: [Unicode.Scalar], before start: Int) -> Bool {
        guard start > 0, text[start - 1] == "-" else { return false }
        return start == 1 || !text[start - 2].isDigit
    }

    /// `.50` and `,000` are pieces of numbers.
    private static func isMiddleOfNumber(_ text: [Unicode.Scalar], _ start: Int) -> Bool {
        guard start > 0, text[start - 1] == "." || text[start - 1] == "," else { return false }
        return start == 1 || text[start - 2].isDigit || text[start - 2] == " "
    }
}
