/// The named places of a format. Those with an underscore are matched and forgotten.
enum FormatField: String, CaseIterable, Sendable {
    case txnID = "txn_id"
    case originalTxnID = "original_txn_id"
    case amount
    case payerName = "payer_name"
    case payerPhone = "payer_msisdn"
    case reference
    case newBalance = "new_balance"
    case fee
    case date
    case time
    case anyAmount = "_amount"
    case anyPhone = "_phone"
    case anyID = "_id"
    case anyText = "_text"
    case sentence = "_sentence"
    case tail

    /// What the field's text looks like.
    enum Shape: Sendable, Hashable {
        case identifier, amount, phone, date, time
        /// Letters, digits and punctuation, up to a length.
        case text
        /// A name without digits.
        case letters
        /// One word of letters and digits with a digit in it: an agent's or merchant's code.
        case code
        case digits
        /// A sentence that says nothing of money.
        case sentence
        case tail
    }

    /// Matched, and not kept.
    var isForgotten: Bool { rawValue.hasPrefix("_") }

    var shape: Shape {
        switch self {
        case .txnID, .originalTxnID, .anyID: .identifier
        case .amount, .newBalance, .fee, .anyAmount: .amount
        case .payerPhone, .anyPhone: .phone
        case .payerName, .reference, .anyText: .text
        case .date: .date
        case .time: .time
        case .sentence: .sentence
        case .tail: .tail
        }
    }
}
