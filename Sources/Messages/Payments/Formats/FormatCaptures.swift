import Domain

/// The values that a pattern found in a text, by field.
struct FormatCaptures: Sendable {
    var texts: [FormatField: String] = [:]
    var amounts: [FormatField: ReadAmount] = [:]
    var date: CalendarDate?
    var minute: Int?
    var second: Int?
    var phone: PhoneNumber?
    /// The payer's phone number is partly masked.
    var hasMaskedPhone = false
    /// The position of each field, where it was read last.
    var spans: [FormatField: Range<Int>] = [:]
    /// The start of the advertisement.
    var tail: Int?
    /// Sentences between the clauses that were skipped.
    var noise: [Range<Int>] = []
    /// A date or time of the right shape that does not exist.
    var hasImpossibleTime = false
    /// One field stands in two positions with different values.
    var contradictsItself = false
    /// How much of the text was understood; of several ways to read it, the one with the highest score wins.
    var score = 0

    /// Whether two ways of reading agree on the fields that matter for money.
    func agrees(with other: FormatCaptures) -> Bool {
        func same<Value: Equatable>(_ a: Value?, _ b: Value?) -> Bool { a == b || a == nil || b == nil }
        return amounts[.amount] == other.amounts[.amount] && same(amounts[.newBalance], other.amounts[.newBalance])
            && same(texts[.txnID], other.texts[.txnID]) && same(texts[.originalTxnID], other.texts[.originalTxnID])
            && same(phone, other.phone)
    }

    /// Whether a machine wrote the text: at least two of an id, a balance, a fee, and a date or time.
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
