/// An amount read from a text.
struct ReadAmount: Hashable, Sendable {
    /// The exact decimal without thousands separators; `nil` if the digits are not a valid number.
    var decimal: String?
    /// The ISO 4217 code of the currency written beside it.
    var currency: String?
    var isNegative: Bool
}
