package struct RefundBody: Codable, Sendable {
    /// The provider's, of the money that was sent back.
    package var reference: String
    package init(reference: String) { self.reference = reference }
}
