package struct RefundBody: Codable, Sendable {
    /// The provider's reference of the refund.
    package var reference: String
    package init(reference: String) { self.reference = reference }
}
