import Domain

/// The fields of a provider's text.
package struct PaymentFields: Hashable, Sendable {
    /// As printed, in uppercase.
    package var txnID: String?
    package var originalTxnID: String?
    /// An exact decimal without thousands separators.
    package var amount: String?
    package var currency: String?
    package var payerName: String?
    package var payerPhone: PhoneNumber?
    package var reference: String?
    package var newBalance: String?
    package var fee: String?
    /// The provider's local time.
    package var timestamp: WallTime?

    package init() {}
}

extension PaymentFields {
    /// `defaultCurrency` is the provider's currency, used if the text names none.
    init(_ captures: FormatCaptures, defaultCurrency: String) {
        func decimal(_ field: FormatField) -> String? {
            guard let amount = captures.amounts[field], let decimal = amount.decimal else { return nil }
            return (amount.isNegative ? "-" : "") + decimal
        }
        txnID = captures.texts[.txnID]
        originalTxnID = captures.texts[.originalTxnID]
        amount = decimal(.amount)
        newBalance = decimal(.newBalance)
        fee = decimal(.fee)
        let money = captures.amounts[.amount] ?? captures.amounts[.newBalance] ?? captures.amounts[.fee]
        currency = money.map { $0.currency ?? defaultCurrency } ?? nil
        payerName = captures.texts[.payerName]
        payerPhone = captures.phone
        reference = captures.texts[.reference].flatMap { $0.uppercased() == "N/A" ? nil : $0 }
        timestamp = captures.date.map { WallTime(date: $0, minute: captures.minute, second: captures.second) }
    }
}
