import Domain
import GRDB

/// What people did, and who they were.
package struct AuditLogRecords {
    let transaction: Transaction

    /// Notes an act of the user `uid` (of the admin socket's peer).
    package func note(_ action: String, detail: String, uid: UInt32?, at now: Timestamp) throws {
        try transaction.database.execute(
            sql: "INSERT INTO act (at, uid, action, detail) VALUES (?, ?, ?, ?)",
            arguments: [now.milliseconds, uid.map { Int64($0) }, action, detail])
    }

    /// Newest first, older than `before`.
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
