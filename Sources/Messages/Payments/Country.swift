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
}
