/// The fields of a format. Those with an underscore are matched and discarded.
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

    /// The form of a field's text.
    enum Shape: Sendable, Hashable {
        case identifier, amount, phone, date, time
        /// Letters, digits and punctuation, up to a maximum length.
        case text
        /// A name without digits.
        case letters
        /// One word of letters and digits with at least one digit: an agent or merchant code.
        case code
        case digits
        /// A sentence without an amount.
        case sentence
        case tail
    }

    /// The field is matched and discarded.
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
