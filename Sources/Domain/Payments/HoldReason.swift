/// A reason for holding a payment, with the facts for its description.
///
/// The code and the facts are stored. The description is made when it is displayed, in the reader's language.
package enum HoldReason: Sendable, Hashable {
    /// Parts of the provider's notice did not arrive.
    case missingParts
    /// The payment's and the company's currency, as ISO 4217 codes.
    case otherCurrency(String, company: String)
    /// The amount exceeds the provider's ceiling or the company's own.
    case aboveCeiling(Money)
    /// The wallet's new balance is less than the amount.
    case balanceBelowAmount
    /// The provider's printed time and the SMSC's time stamp, as local wall times, are too far apart.
    case timesApart(printed: String, sent: String)
    /// The id should contain a date, as ids of its kind do, and does not.
    case undatedID(String)
    /// The date in the id differs from the date in the text.
    case idOfAnotherDate(CalendarDate, text: CalendarDate)
    /// The date in the id differs from the date of the SMS.
    case idOfAnotherDay(CalendarDate)
    /// The text has no transaction id in the provider's format.
    case noTransactionID
    /// The text lacks a field that all recent credits of the wallet had.
    case lacks(PrintedField)
    /// A reversal with another amount arrived before the payment.
    case reversalOfAnotherAmount
    /// An unproven reversal of the payment arrived.
    case unprovenReversal
    /// Another text with the same transaction id has different contents.
    case contradicted(by: InboxMessageID)
    /// The payment is unproven and exceeds the rest of the wallet's daily budget for unproven credits.
    case beyondBudget
    /// The wallet was asked for its balance, and the balance in the text does not lead to it.
    case notInBalance(wallet: Money, text: Money)
    /// The payment is unproven and arrived by an SMSC that is not trusted for the wallet.
    case newSMSC
    /// Several payments are alike in amount, payer and time, and it may be the same money as one of them.
    case severalAlike
    /// The same payment was refused over HTTP, so the wallet may return the money.
    case refusedNotice
    case deviceWithoutOwner
    case meterWithoutTariff
    /// No token can be made while the machine's clock is wrong; what is wrong with it.
    case clock(String)
    /// No token can be made; the error text of the token issuer.
    case noToken(String)
    /// The vendor's service refused or did not answer; its error text.
    case vendor(String)
    /// The payment cannot be accepted; the error text.
    case failure(String)
    /// A reason stored as a sentence by an earlier version.
    case note(String)

    /// A field of a provider's text.
    package enum PrintedField: String, Sendable, CaseIterable {
        case id, balance, time
    }

    /// The stored name of each reason. Never change these values.
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
        case notInBalance = "not_in_balance"
        case newSMSC = "new_smsc"
        case severalAlike = "several_alike"
        case refusedNotice = "refused_notice"
        case deviceWithoutOwner = "device_without_owner"
        case meterWithoutTariff = "meter_without_tariff"
        case clock
        case noToken = "no_token"
        case vendor, failure, note
    }

    /// Whether a later proof resolves the reason, such as a text that closes the chain of balances.
    package var isAnsweredByProof: Bool {
        switch self {
        case .beyondBudget, .newSMSC, .notInBalance: true
        default: false
        }
    }
}
