import Foundation

/// The result of the audit: all proofs and what they found.
package struct AuditView: Codable, Sendable {
    package struct Finding: Codable, Sendable {
        package var proof: String
        package var detail: String
    }

    package var clean: Bool
    package var proofs: [String]
    package var findings: [Finding]
}
