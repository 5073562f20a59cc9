import Domain

/// A country's number plan and money.
package struct Country: Sendable {
    package let code: String
    package let name: String
    package let currency: String
    package let plan: NumberPlan
    let amounts: AmountShape
    /// Spellings of currencies in texts: word -> code.
    let currencyWords: [String: String]
    /// The usual limits in each currency of the country.
    package let limits: [String: MoneyLimits]
}

/// The default limits of a wallet, unless the company's configuration sets others.
package struct MoneyLimits: Sendable, Hashable {
    /// Payments above this amount are held for staff.
    package let amountCeiling: Money
    /// The daily limit per wallet for unproven credit; the default is about one day of small payments.
    package let unverified: Money
}
