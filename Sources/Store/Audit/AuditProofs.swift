import GRDB
import Domain

/// The proofs of the audit. Each is one query for rows that must not exist.
package struct AuditProofs {
    let transaction: Transaction

    /// The names of all proofs, in the order in which they run.
    package static var names: [String] { proofs.map(\.name) }

    /// Runs all proofs and returns at most 100 violations of each.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func findings() throws -> [AuditFinding] {
        try Self.proofs.flatMap { proof in
            try String.fetchAll(transaction.database, sql: proof.query + " LIMIT 100").map {
                AuditFinding(proof: proof.name, detail: $0)
            }
        }
    }

    private static let proofs = ofStoredValues + ofPayments + ofDebts + ofTokens
}

extension Transaction {
    package var audit: AuditProofs { AuditProofs(transaction: self) }
}
