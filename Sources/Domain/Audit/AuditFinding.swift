/// Something in the books that does not add up.
package struct AuditFinding: Sendable, Hashable, Codable {
    /// Which proof failed.
    package let proof: String
    /// The offending row in words.
    package let detail: String

    package init(proof: String, detail: String) {
        self.proof = proof
        self.detail = detail
    }
}
