import Workers
import Domain
import Foundation
import GRDB

/// Alerts to staff.
package struct AlertRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// Records an alert, to be sent to staff.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func note(_ kind: Alert.Kind, _ facts: [String: String], urgent: Bool = false, at now: Timestamp) throws {
        transaction.wake(.schedule)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try database.execute(
            sql: "INSERT INTO alert (at, kind, facts, is_urgent) VALUES (?, ?, ?, ?)",
            arguments: [
                now.milliseconds, kind.rawValue, String(decoding: try encoder.encode(facts), as: UTF8.self), urgent,
            ])
    }

    /// Records an alert unless the same alert was recorded since `moment`.
    /// - Throws: `StoreError.unavailable` if the database cannot be written; `.unknownValue` for an unknown value.
    package func noteOnce(_ kind: Alert.Kind, _ facts: [String: String], since moment: Timestamp, at now: Timestamp)
        throws
    {
        let known = try Row.fetchAll(
            database, sql: "SELECT * FROM alert WHERE kind = ? AND at >= ?",
            arguments: [kind.rawValue, moment.milliseconds]
        ).contains { try Alert(row: $0).facts == facts }
        if !known { try note(kind, facts, at: now) }
    }

    /// Alerts that have not been sent to staff, urgent ones first, each oldest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func waiting() throws -> [Alert] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM alert WHERE sent_at IS NULL ORDER BY is_urgent DESC, id LIMIT 1000"
        ).map(Alert.init(row:))
    }

    /// Alerts that were sent to staff and whose reporter has not yet been informed that the network took them; oldest
    /// first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func toConfirm() throws -> [Alert] {
        try Row.fetchAll(
            database,
            sql: "SELECT * FROM alert WHERE message_key IS NOT NULL AND told_at IS NULL ORDER BY id LIMIT 1000"
        ).map(Alert.init(row:))
    }

    /// Records that the reporter of an alert was informed.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func markConfirmed(_ id: AlertID, at now: Timestamp) throws {
        try database.execute(
            sql: "UPDATE alert SET told_at = ? WHERE id = ?", arguments: [now.milliseconds, id.number])
    }

    /// When an urgent alert was last sent.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func lastUrgentSent() throws -> Timestamp? {
        try Int64.fetchOne(database, sql: "SELECT MAX(sent_at) FROM alert WHERE sent_at IS NOT NULL AND is_urgent = 1")
            .map(Timestamp.init(milliseconds:))
    }

    /// When an alert that is not urgent was last sent.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func lastSent() throws -> Timestamp? {
        try Int64.fetchOne(database, sql: "SELECT MAX(sent_at) FROM alert WHERE sent_at IS NOT NULL AND is_urgent = 0")
            .map(Timestamp.init(milliseconds:))
    }

    /// The number of urgent alerts sent since `moment`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func urgentSent(since moment: Timestamp) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT COUNT(*) FROM alert WHERE sent_at >= ? AND is_urgent = 1",
            arguments: [moment.milliseconds]) ?? 0
    }

    /// Records that alerts were sent. `key`: common prefix of the dedupe keys of their messages.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func markSent(_ alerts: [AlertID], key: String? = nil, at now: Timestamp) throws {
        for alert in alerts {
            try database.execute(
                sql: "UPDATE alert SET sent_at = ?, message_key = ? WHERE id = ?",
                arguments: [now.milliseconds, key, alert.number])
        }
    }
}

extension Alert {
    fileprivate init(row: Row) throws {
        let facts = try? JSONDecoder().decode([String: String].self, from: Data((row["facts"] as String).utf8))
        try self.init(
            id: AlertID(row["id"]), at: Timestamp(milliseconds: row["at"]),
            kind: row.known("kind", of: "alert"), facts: facts ?? [:], isUrgent: row["is_urgent"],
            messageKey: row["message_key"])
    }
}

extension Transaction {
    package var alerts: AlertRecords { AlertRecords(transaction: self) }
}
