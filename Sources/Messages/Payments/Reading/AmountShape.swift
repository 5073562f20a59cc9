/// How a country or a provider writes amounts.
struct AmountShape: Sendable {
    private struct Spelling: Sendable {
        let word: [Unicode.Scalar]
        /// The index in `codes`.
        let code: Int
    }

    private let codes: [String]
    /// Folded spellings of currencies by their first character, the longest first: `tsh` is TZS. The last list is for
    /// non-ASCII letters.
    private let spellings: [[Spelling]]
    private static let beyondASCII = 128
    /// A space may separate thousands.
    private let spacedThousands: Bool
    /// A comma before the last one or two digits separates decimals.
    private let decimalComma: Bool

    init(currencies: [String: String], spacedThousands: Bool, decimalComma: Bool) {
        let codes = Set(currencies.values).sorted()
        var spellings = [[Spelling]](repeating: [], count: Self.beyondASCII + 1)
        for (word, code) in currencies {
            let folded = Folding.fold(word)
            guard let first = folded.first, let place = codes.firstIndex(of: code) else { continue }
            spellings[min(Int(first.value), Self.beyondASCII)].append(Spelling(word: folded, code: place))
        }
        self.codes = codes
        self.spellings = spellings.map { $0.sorted { ($0.word.count, $0.code) > ($1.word.count, $1.code) } }
        self.spacedThousands = spacedThousands
        self.decimalComma = decimalComma
    }

    /// The maximum digits of an amount without a currency; longer numbers are ids and phone numbers.
    private static let longestBare = 9

    /// The position of an amount whose digits are not yet interpreted.
    struct Span: Sendable {
        let digits: Range<Int>
        /// The index in the shape's `codes`.
        fileprivate let code: Int?
        let isNegative: Bool
        let end: Int

        var hasCurrency: Bool { code != nil }
    }

    /// Finds the amount that begins at `start`, with its currency before or after it.
    func span(_ text: [Unicode.Scalar], at start: Int, needsCurrency: Bool) -> Span? {
        guard start < text.count else { return nil }
        let first = text[start]
        var position = start
        var currency: Int?
        var isNegative = Self.hasSign(text, before: start)
        if !first.isDigit {
            guard let found = currencyWord(text, at: start) else { return nil }
            // Inside a longer word it is not a currency.
            guard
                start == 0 || !text[start - 1].isWordCharacter || text[start - 1].isDigit
                    || Self.isAfterTime(text, start)
            else { return nil }
            currency = found.code
            position = found.end
            func skipMarks() {
                while position < text.count, text[position] == " " || text[position] == "." || text[position] == ":" {
                    position += 1
                }
            }
            skipMarks()
            // Some texts repeat the currency: `Ksh Ksh4,870.00`.
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
        let end = numberEnd(text, at: position)
        guard end > position else { return nil }
        var after = end
        var behind = end
        while behind < text.count, text[behind] == " " { behind += 1 }
        // `25,000-USD`
        if behind + 1 < text.count, text[behind] == "-", text[behind + 1].isWordCharacter, behind == end { behind += 1 }
        if let found = currencyWord(text, at: behind), currency == nil || currency == found.code,
            found.end == text.count || !text[found.end].isWordCharacter
        {
            currency = currency ?? found.code
            after = found.end
        }
        guard currency != nil || !needsCurrency && end - position <= Self.longestBare else { return nil }
        return Span(digits: position..<end, code: currency, isNegative: isNegative, end: after)
    }

    func read(_ text: [Unicode.Scalar], _ span: Span, defaultCurrency: String? = nil) -> ReadAmount {
        let currency = span.code.map { codes[$0] }
        return ReadAmount(
            decimal: decimal(text[span.digits], isWhole: Self.hasNoCents(currency ?? defaultCurrency)),
            currency: currency, isNegative: span.isNegative)
    }

    /// The number of amounts with a currency in a text.
    func count(in text: [Unicode.Scalar]) -> Int {
        var count = 0
        var position = 0
        while position < text.count {
            if let found = span(text, at: position, needsCurrency: true) {
                count += 1
                position = found.end
            } else {
                position += 1
            }
        }
        return count
    }

    /// Whether a time of day precedes the position: the currency may follow it without a space, as in `3:57
    /// PMKsh40.00`.
    private static func isAfterTime(_ text: [Unicode.Scalar], _ start: Int) -> Bool {
        start >= 2 && text[start - 1] == "m" && (text[start - 2] == "p" || text[start - 2] == "a")
    }

    private func currencyWord(_ text: [Unicode.Scalar], at start: Int) -> (code: Int, end: Int)? {
        guard start < text.count else { return nil }
        let candidates = spellings[min(Int(text[start].value), Self.beyondASCII)]
        guard !candidates.isEmpty else { return nil }
        search: for spelling in candidates where start + spelling.word.count <= text.count {
            for offset in spelling.word.indices where text[start + offset] != spelling.word[offset] { continue search }
            return (spelling.code, start + spelling.word.count)
        }
        return nil
    }

    /// The maximum number of digits and marks of an amount.
    private static let longestNumber = 40

    /// The end of the longest run of digits with separators between them.
    private func numberEnd(_ text: [Unicode.Scalar], at start: Int) -> Int {
        guard start < text.count, text[start].isDigit else { return start }
        var end = start
        while end < text.count, end - start < Self.longestNumber {
            let scalar = text[end]
            if scalar.isDigit {
                end += 1
            } else if scalar == "." || scalar == "," || scalar == "'", end + 1 < text.count, text[end + 1].isDigit {
                end += 1
            } else if spacedThousands, scalar == " ", end - start <= 11, Self.isGroup(text, at: end + 1),
                Self.mayGroup(text[start..<end])
            {
                end += 1
            } else {
                break
            }
        }
        return end
    }

    /// Whether a group of three may follow: before it stand one to three digits, or groups of three.
    private static func mayGroup(_ before: ArraySlice<Unicode.Scalar>) -> Bool {
        let groups = before.split(separator: " ", omittingEmptySubsequences: false)
        guard let first = groups.first, (1...3).contains(first.count) else { return false }
        return groups.dropFirst().allSatisfy { $0.count == 3 } && before.allSatisfy { $0.isDigit || $0 == " " }
    }

    /// Whether exactly three digits follow, as in grouped thousands.
    private static func isGroup(_ text: [Unicode.Scalar], at start: Int) -> Bool {
        guard start + 3 <= text.count, text[start..<(start + 3)].allSatisfy(\.isDigit) else { return false }
        return start + 3 == text.count || !text[start + 3].isDigit
    }

    /// Whether no wallet prints three decimals of a currency, so that three digits after a point are thousands.
    static func hasNoCents(_ currency: String?) -> Bool {
        switch currency {
        case "XOF", "XAF", "GNF", "RWF", "UGX", "BIF", "MGA": true
        default: false
        }
    }

    /// The decimal that digits and marks represent; `nil` if they are not a number.
    private func decimal(_ digits: ArraySlice<Unicode.Scalar>, isWhole: Bool) -> String? {
        let marks = digits.indices.filter { !digits[$0].isDigit }
        var whole = digits
        var decimals: ArraySlice<Unicode.Scalar> = []
        if let last = marks.last, isPoint(digits, last, marks, isWhole) {
            whole = digits[digits.startIndex..<last]
            decimals = digits[(last + 1)...]
            guard whole.allSatisfy({ $0 != digits[last] }) else { return nil }
        }
        let groups = whole.split(omittingEmptySubsequences: false) { !$0.isDigit }
        // Thousands, or South Asian lakhs: the last group has three digits, those before it two or three.
        if groups.count > 1 {
            guard let first = groups.first, (1...3).contains(first.count), groups.last?.count == 3,
                groups.dropFirst().dropLast().allSatisfy({ (2...3).contains($0.count) }),
                Set(whole.filter { !$0.isDigit }).count == 1
            else { return nil }
        }
        let text = String(String.UnicodeScalarView(groups.flatMap { $0 }))
        guard !text.isEmpty, text.utf8.count <= 30 else { return nil }
        return decimals.isEmpty ? text : text + "." + String(String.UnicodeScalarView(decimals))
    }

    /// Whether the last mark separates decimals.
    private func isPoint(
        _ digits: ArraySlice<Unicode.Scalar>, _ last: Int, _ marks: [Int], _ isWhole: Bool
    ) -> Bool {
        let behind = digits.endIndex - last - 1
        switch digits[last] {
        case ".":
            // In `1.234.567`, and in `1.500` for currencies without cents, the points group thousands.
            if behind == 3, isWhole || marks.count > 1 && marks.allSatisfy({ digits[$0] == "." }) { return false }
            return true
        case ",": return decimalComma && behind < 3
        default: return false
        }
    }

    /// Whether a minus sign belongs to the number: it stands directly before it and is not a dash after a digit.
    private static func hasSign(_ text: [Unicode.Scalar], before start: Int) -> Bool {
        guard start > 0, text[start - 1] == "-" else { return false }
        return start == 1 || !text[start - 2].isDigit
    }

    /// Whether the position is inside a number, as in `.50` and `,000`.
    private static func isMiddleOfNumber(_ text: [Unicode.Scalar], _ start: Int) -> Bool {
        guard start > 0, text[start - 1] == "." || text[start - 1] == "," || text[start - 1] == "'" else {
            return false
        }
        return start == 1 || text[start - 2].isDigit || text[start - 2] == " "
    }
}
