import Domain
import GRDB

/// Recent events. Old ones are deleted, so a slow listener may miss some.
package struct EventRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// Records an event about the record with id `subject`, and notifies the listeners after the commit.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func note(_ kind: Event.Kind, _ subject: Int64, _ note: String? = nil, at now: Timestamp) throws {
        try database.execute(
            sql: "INSERT INTO event (at, kind, subject, note) VALUES (?, ?, ?, ?)",
            arguments: [now.milliseconds, kind.rawValue, subject, note])
        transaction.effects.isAnnounced = true
    }

    /// Events with ids above `id`, oldest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read, and `StoreError.unknownValue`.
    package func events(after id: Int64, limit: Int) throws -> [Event] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM event WHERE id > ? ORDER BY id LIMIT ?", arguments: [id, limit]
        ).map { row in
            Event(
                id: row["id"], at: Timestamp(milliseconds: row["at"]), kind: try row.known("kind", of: "event"),
                subject: row["subject"], note: row["note"])
        }
    }

    /// The id of the newest event; 0 if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func last() throws -> Int64 { try Int64.fetchOne(database, sql: "SELECT MAX(id) FROM event") ?? 0 }

    /// Deletes all events except the newest `count`.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func prune(keeping count: Int64) throws {
        try database.execute(sql: "DELETE FROM event WHERE id <= ?", arguments: [try last() - count])
    }
}

extension Transaction {
    package var events: EventRecords { EventRecords(transaction: self) }
}
