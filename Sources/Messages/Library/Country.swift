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
