/// Why a payment is held, with the facts that the words for it need. What is stored is the code and the facts; the words
/// are made where they are shown, in the reader's language.
package enum HoldReason: Sendable, Hashable {
    /// Parts of the provider's text did not arrive.
    case missingParts
    /// The payment's and the company's currency, as ISO 4217 codes.
    case otherCurrency(String, company: String)
    /// Above the provider's ceiling or the company's own.
    case aboveCeiling(Money)
    /// The wallet's new balance is below the amount.
    case balanceBelowAmount
    /// The provider's printed time and the SMSC's time stamp, as local wall times, are too far apart.
    case timesApart(printed: String, sent: String)
    /// An id of a kind that holds a date, and this one does not.
    case undatedID(String)
    /// The dates in the id and in the text.
    case idOfAnotherDate(CalendarDate, text: CalendarDate)
    /// The date in the id is not that of the SMS.
    case idOfAnotherDay(CalendarDate)
    /// The text has no transaction id of the provider's shape.
    case noTransactionID
    /// The text lacks what the wallet's last credits all printed.
    case lacks(PrintedField)
    /// A reversal of another amount came before the payment.
    case reversalOfAnotherAmount
    /// A reversal came, and nothing proves it.
    case unprovenReversal
    /// Another text with the same id says something else.
    case contradicted(by: InboxMessageID)
    /// Nothing proves the payment, and the wallet's budget for such payments is spent.
    case beyondBudget
    /// Its SMSC never spoke for the wallet, and nothing else proves it.
    case newSMSC
    case deviceWithoutOwner
    case meterWithoutTariff
    /// No token can be made; the error in the words of whoever makes it.
    case noToken(String)
    /// The vendor's service refused or gave no answer; in its words.
    case vendor(String)
    /// The payment cannot be accepted; the error as it was thrown.
    case failure(String)
    /// A reason as an earlier version wrote it.
    case note(String)

    /// What a provider's text prints of a payment.
    package enum PrintedField: String, Sendable, CaseIterable {
        case id, balance, time
    }

    /// The stable name of each reason, as it is stored.
    package enum Code: String, Sendable, CaseIterable {
        case missingParts = "missing_parts"
        case otherCurrency = "other_currency"
        case aboveCeiling = "above_ceiling"
        case balanceBelowAmount = "balance_below_amount"
        case timesApart = "times_apart"
        case undatedID = "undated_id"
        case idOfAnotherDate = "id_of_another_date"
        case idOfAnotherDay = "id_of_another_day"
        case noTransactionID = "no_transaction_id"
        case lacks
        case reversalOfAnotherAmount = "reversal_of_another_amount"
        case unprovenReversal = "unproven_reversal"
        case contradicted
        case beyondBudget = "beyond_budget"
        case newSMSC = "new_smsc"
        case deviceWithoutOwner = "device_without_owner"
        case meterWithoutTariff = "meter_without_tariff"
        case noToken = "no_token"
        case vendor, failure, note
    }

    /// Whether a proof that comes later answers it, such as the text that closes the chain of balances.
    package var isAnsweredByProof: Bool { self == .beyondBudget || self == .newSMSC }
}
