import Domain
import GRDB

/// What happened lately: a window that listeners may fall behind in, not a record for ever.
package struct EventRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    package func note(_ kind: Event.Kind, _ subject: Int64, _ note: String? = nil, at now: Timestamp) throws {
        try database.execute(
            sql: "INSERT INTO event (at, kind, subject, note) VALUES (?, ?, ?, ?)",
            arguments: [now.milliseconds, kind.rawValue, subject, note])
        transaction.effects.isAnnounced = true
    }

    /// Oldest first.
    package func events(after id: Int64, limit: Int) throws -> [Event] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM event WHERE id > ? ORDER BY id LIMIT ?", arguments: [id, limit]
        ).compactMap { row in
            Event.Kind(rawValue: row["kind"]).map {
                Event(
                    id: row["id"], at: Timestamp(milliseconds: row["at"]), kind: $0, subject: row["subject"],
                    note: row["note"])
            }
        }
    }

    package func last() throws -> Int64 { try Int64.fetchOne(database, sql: "SELECT MAX(id) FROM event") ?? 0 }

    /// Keeps the newest.
    package func prune(keeping count: Int64) throws {
        try database.execute(sql: "DELETE FROM event WHERE id <= ?", arguments: [try last() - count])
    }
}

extension Transaction {
    package var events: EventRecords { EventRecords(transaction: self) }
}
