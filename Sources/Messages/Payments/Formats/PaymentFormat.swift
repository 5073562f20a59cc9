import Domain

/// The meaning of a text that matches a format.
package enum FormatMeaning: String, Sendable, CaseIterable {
    case credit, ignore, review, reverse
}

/// A field that a wallet may print in every notice of money received.
package enum PrintedField: String, CaseIterable, Sendable {
    case id, balance, time, reference
}

/// One form of a provider's texts.
package struct PaymentFormat: Sendable {
    package let id: String
    package let language: String
    package let means: FormatMeaning
    /// The text is addressed to the payer: from an ordinary phone number it is a forwarded receipt.
    package let isPayersSide: Bool
    /// The kind of payer that the text must name; `nil` for any.
    let payer: Payer?
    /// The fields of every complete text of the format; `nil` to use the wallet's.
    let alwaysPrints: Set<PrintedField>?
    /// Complete texts end with the payer's reference, without a mark after it.
    let endsWithReference: Bool
    /// The pattern as written in its file, with the names of fragments.
    package let written: String
    var pattern: FormatPattern
    /// The format comes from a family; the wallet's own formats take precedence.
    var isShared = false
    package let examples: [FormatExample]
    /// The length of the longest example id of each kind: a shorter id at the very end of a text may be truncated.
    let longestIDs: [IdentifierKind: Int]

    /// Distinguishes payers by name if the same phrase is used for agents and banks.
    enum Payer: String, CaseIterable, Sendable {
        /// A bank or another wallet: the name contains a word of `institutions`.
        case institution
        /// Any other payer.
        case person
    }

    /// The full pattern with its fragments expanded.
    package var source: String { pattern.source }
}

/// A text by which formats are checked.
package struct FormatExample: Sendable {
    package let text: String
    package let means: FormatMeaning
    /// The expected fields, by the names that `gridpost read` uses.
    let fields: [String: String]
    let line: Int?
}

/// Formats that several wallets share, because an operator uses the same texts in all its countries.
struct FormatFamily: Sendable {
    let id: String
    let formats: [PaymentFormat]
    /// The wallet with which the family's own examples are read.
    let provedBy: String
    let file: String
}

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
