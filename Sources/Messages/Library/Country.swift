import Domain

/// What the gateway knows of a country: its numbers and its money.
package struct Country: Sendable {
    package let code: String
    package let name: String
    package let currency: String
    package let plan: NumberPlan
    let amounts: AmountShape
    /// Spellings of currencies in texts.
    let currencyWords: [String: String]
    /// What is usual in each currency of the country.
    package let limits: [String: MoneyLimits]
}

/// What a company believes of a wallet unless it says otherwise.
package struct MoneyLimits: Sendable, Hashable {
    /// A payment above it is held for a person.
    package let amountCeiling: Money
    /// What is credited of one wallet in a day although nothing proves it: what one day of small payments is.
    package let unverified: Money
}
