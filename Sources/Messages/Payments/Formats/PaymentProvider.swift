import Domain

/// A wallet: its originators and its formats.
package struct PaymentProvider: Sendable {
    package let id: String
    package let name: String
    package let country: String
    package let currency: String
    /// Compared byte for byte.
    package let originators: [String]
    /// Its own formats first, then those of its families.
    package let formats: [PaymentFormat]
    package let examples: [FormatExample]
    /// The fields of every notice of money received; a notice without one goes to review.
    let alwaysPrints: Set<PrintedField>
    /// Amounts have any number of decimals: one at the end of a text without a mark may be truncated.
    let hasIrregularDecimals: Bool
    /// The length of the longest id of each kind over all examples, for shared formats.
    let longestIDs: [IdentifierKind: Int]
    /// The wallet's maximum per transaction, as a decimal; `nil` if unknown.
    package let ceiling: String?
    /// Ids begin with two letters, the date and the time: `PP260101.0930.A12345`.
    package let hasDatedIDs: Bool
    /// The first two letters of ids that are never customer payments.
    let doubtfulKinds: Set<String>
    let identifiers: [IdentifierShape]
    let dateOrder: ReadTime.Order
    let amounts: AmountShape
    let plan: NumberPlan
    package let file: String

    /// Whether the wallet prints transaction ids.
    package var printsIDs: Bool { !identifiers.isEmpty }
}
