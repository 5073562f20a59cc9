import Domain
import GRDB

/// Reversals that arrived before their payment.
package struct EarlyReversalRecords {
    let transaction: Transaction

    /// Records a reversal; `false` if it was recorded before. A proof is kept.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func note(_ reversal: EarlyReversal, at now: Timestamp) throws -> Bool {
        let isKnown = try find(provider: reversal.provider, transactionID: reversal.transactionID) != nil
        try transaction.run(
            """
            INSERT INTO early_reversal (provider, txn_id, amount, inbox_message_id, is_proved, at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (provider, txn_id) DO UPDATE SET is_proved = is_proved OR excluded.is_proved
            """,
            [
                reversal.provider, reversal.transactionID, reversal.amount?.minor, reversal.message?.number,
                reversal.isProved, now.milliseconds,
            ])
        return !isKnown
    }

    /// The pending reversal of a payment; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func find(provider: String, transactionID: String) throws -> EarlyReversal? {
        try transaction.rows(
            "SELECT * FROM early_reversal WHERE provider = ? AND txn_id = ? AND ended_at IS NULL",
            [provider, transactionID]
        ).first.map(EarlyReversal.init)
    }

    /// Pending reversals recorded at or before `moment`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func waiting(since moment: Timestamp, limit: Int) throws -> [EarlyReversal] {
        try transaction.rows(
            "SELECT * FROM early_reversal WHERE ended_at IS NULL AND at <= ? ORDER BY at LIMIT ?",
            [moment.milliseconds, limit]
        ).map(EarlyReversal.init)
    }

    /// Records that a reversal is no longer pending.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func end(_ reversal: EarlyReversal, at now: Timestamp) throws {
        try transaction.run(
            "UPDATE early_reversal SET ended_at = ? WHERE provider = ? AND txn_id = ?",
            [now.milliseconds, reversal.provider, reversal.transactionID])
    }
}

extension Transaction {
    package var earlyReversals: EarlyReversalRecords { EarlyReversalRecords(transaction: self) }
}

extension EarlyReversal {
    fileprivate init(row: Row) {
        self.init(
            provider: row["provider"], transactionID: row["txn_id"],
            amount: (row["amount"] as Int64?).map(Money.init(minor:)),
            message: (row["inbox_message_id"] as Int64?).map(InboxMessageID.init), isProved: row["is_proved"])
    }
}
