import Domain

/// What a text of a format asks for.
package enum FormatMeaning: String, Sendable, CaseIterable {
    case credit, ignore, review, reverse
}

/// One way in which a provider writes.
package struct PaymentFormat: Sendable {
    package let id: String
    package let language: String
    package let means: FormatMeaning
    /// The text speaks to the payer: from an ordinary phone it is somebody's forwarded receipt.
    package let isPayersSide: Bool
    let pattern: FormatPattern
    let examples: [Example]

    struct Example: Sendable {
        let text: String
        /// By the names of `gridpost read`.
        let fields: [String: String]
        let line: Int?
    }
}

/// A wallet: who speaks for it, and how.
package struct PaymentProvider: Sendable {
    package let id: String
    package let name: String
    package let country: String
    package let currency: String
    /// Byte for byte.
    package let originators: [String]
    package let formats: [PaymentFormat]
    let identifiers: [IdentifierShape]
    let dateOrder: ReadTime.Order
    let amounts: AmountShape
    let plan: NumberPlan
    let file: String
}
