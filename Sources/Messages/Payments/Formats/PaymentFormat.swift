import Domain

/// What a text of a format asks for.
package enum FormatMeaning: String, Sendable, CaseIterable {
    case credit, ignore, review, reverse
}

/// What a wallet may print in every notice of money received.
package enum PrintedField: String, CaseIterable, Sendable {
    case id, balance, time, reference
}

/// One way in which a provider writes.
package struct PaymentFormat: Sendable {
    package let id: String
    package let language: String
    package let means: FormatMeaning
    /// The text speaks to the payer: from an ordinary phone it is somebody's forwarded receipt.
    package let isPayersSide: Bool
    /// Who may be named as the payer; `nil` for anybody.
    let payer: Payer?
    /// What every whole text of the format has; the wallet's own answer when `nil`.
    let alwaysPrints: Set<PrintedField>?
    /// Whole texts end with what the payer typed, without a mark behind it.
    let endsWithReference: Bool
    /// The pattern as its file has it, shared pieces by their names.
    package let written: String
    var pattern: FormatPattern
    /// It came with a family: the wallet's own formats know better.
    var isShared = false
    package let examples: [FormatExample]
    /// How long the longest ids of the examples are, by their kind: a shorter one at the very end of a text may go on.
    let longestIDs: [IdentifierKind: Int]

    /// Where one phrase tells of agents and of banks, the name of the payer decides.
    enum Payer: String, CaseIterable, Sendable {
        /// A bank or another wallet: the name holds a word of `institutions`.
        case institution
        /// Anybody else.
        case person
    }

    /// The pattern in full, its shared pieces put in.
    package var source: String { pattern.source }
}

/// A text by which formats are proved when they are loaded.
package struct FormatExample: Sendable {
    package let text: String
    package let means: FormatMeaning
    /// By the names of `gridpost read`.
    let fields: [String: String]
    let line: Int?
}

/// Formats that several wallets share: an operator writes alike in all its countries.
struct FormatFamily: Sendable {
    let id: String
    let formats: [PaymentFormat]
    /// The wallet by which the family's own examples are read.
    let provedBy: String
    let file: String
}

/// A wallet: who speaks for it, and how.
package struct PaymentProvider: Sendable {
    package let id: String
    package let name: String
    package let country: String
    package let currency: String
    /// Byte for byte.
    package let originators: [String]
    /// Its own first, then its families'.
    package let formats: [PaymentFormat]
    package let examples: [FormatExample]
    /// What every notice of money received has: one without is looked at by people.
    let alwaysPrints: Set<PrintedField>
    /// Sums have as many decimals as there are: one that ends without a mark may go on.
    let hasIrregularDecimals: Bool
    /// The same of all examples, for the formats that it shares with others.
    let longestIDs: [IdentifierKind: Int]
    /// The most that the wallet lets anybody send at once, as a decimal; `nil` where nobody knows.
    package let ceiling: String?
    /// Ids begin with two letters, the date and the time: `PP260101.0930.A12345`.
    package let hasDatedIDs: Bool
    /// The first two letters of ids that no customer's payment has.
    let doubtfulKinds: Set<String>
    let identifiers: [IdentifierShape]
    let dateOrder: ReadTime.Order
    let amounts: AmountShape
    let plan: NumberPlan
    package let file: String

    /// Whether the wallet prints transaction ids.
    package var printsIDs: Bool { !identifiers.isEmpty }
}
