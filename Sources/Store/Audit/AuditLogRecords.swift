import Domain
import GRDB

/// The audit log: the actions of users.
package struct AuditLogRecords {
    let transaction: Transaction

    /// Records an action of the user `uid`, the peer of the admin socket.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func note(_ action: String, detail: String, uid: UInt32?, at now: Timestamp) throws {
        try transaction.database.execute(
            sql: "INSERT INTO act (at, uid, action, detail) VALUES (?, ?, ?, ?)",
            arguments: [now.milliseconds, uid.map { Int64($0) }, action, detail])
    }

    /// Entries older than `before`, newest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func entries(before: Int64?, limit: Int) throws -> [AuditLogEntry] {
        try Row.fetchAll(
            transaction.database, sql: "SELECT * FROM act WHERE id < ? ORDER BY id DESC LIMIT ?",
            arguments: [before ?? Int64.max, limit]
        ).map { row in
            AuditLogEntry(
                id: row["id"], at: Timestamp(milliseconds: row["at"]),
                uid: (row["uid"] as Int64?).map { UInt32(clamping: $0) }, action: row["action"], detail: row["detail"])
        }
    }
}

extension Transaction {
    package var auditLog: AuditLogRecords { AuditLogRecords(transaction: self) }
}
