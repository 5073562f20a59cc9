/// A violation of one of the audit's proofs.
package struct AuditFinding: Sendable, Hashable, Codable {
    /// The name of the proof that failed.
    package let proof: String
    /// A description of the offending row.
    package let detail: String

    package init(proof: String, detail: String) {
        self.proof = proof
        self.detail = detail
    }
}
