import Domain

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
