import Domain

/// What a pattern found in a text, place by place.
struct FormatCaptures: Sendable {
    var texts: [FormatField: String] = [:]
    var amounts: [FormatField: ReadAmount] = [:]
    var date: CalendarDate?
    var minute: Int?
    var second: Int?
    var phone: PhoneNumber?
    /// A payer's number of which only a part is shown.
    var hasMaskedPhone = false
    /// Where each field stands, the last time that it was read.
    var spans: [FormatField: Range<Int>] = [:]
    /// Where the advertisement begins.
    var tail: Int?
    /// Sentences between the clauses that nothing was read from.
    var noise: [Range<Int>] = []
    /// A date or time of the right shape that does not exist.
    var hasImpossibleTime = false
    /// One field stood in two places and differed.
    var contradictsItself = false
    /// How much of the text was understood: of several ways to read it, the fullest is meant.
    var score = 0

    /// Whether two ways of reading agree on what money depends on.
    func agrees(with other: FormatCaptures) -> Bool {
        func same<Value: Equatable>(_ a: Value?, _ b: Value?) -> Bool { a == b || a == nil || b == nil }
        return amounts[.amount] == other.amounts[.amount] && same(amounts[.newBalance], other.amounts[.newBalance])
            && same(texts[.txnID], other.texts[.txnID]) && same(texts[.originalTxnID], other.texts[.originalTxnID])
            && same(phone, other.phone)
    }

    /// No person writes so: an id, a balance, a fee, a time, two of them at least.
    var isPrinted: Bool {
        [texts[.txnID] != nil, amounts[.newBalance] != nil, amounts[.fee] != nil, date != nil || minute != nil]
            .filter { $0 }.count >= 2
    }

    mutating func set(_ field: FormatField, _ text: String) {
        if let before = texts[field], before != text, field == .txnID || field == .originalTxnID {
            contradictsItself = true
        }
        texts[field] = text
    }

    mutating func set(_ field: FormatField, _ amount: ReadAmount) {
        if let before = amounts[field], before != amount, field != .anyAmount { contradictsItself = true }
        amounts[field] = amount
    }

    mutating func set(_ phone: PhoneNumber) {
        if let before = self.phone, before != phone { contradictsItself = true }
        self.phone = phone
    }
}

/// How a pattern fits a text.
enum FormatFit: Sendable {
    case none
    case one(FormatCaptures)
    /// Several ways that disagree about money: somebody wrote a payment phrase into a name.
    case ambiguous
}
