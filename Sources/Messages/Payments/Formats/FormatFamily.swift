/// Formats that several wallets share, because an operator uses the same texts in all its countries.
struct FormatFamily: Sendable {
    let id: String
    let formats: [PaymentFormat]
    /// The wallet with which the family's own examples are read.
    let provedBy: String
    let file: String
}
