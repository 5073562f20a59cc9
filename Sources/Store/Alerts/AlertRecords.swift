import Domain
import Foundation
import GRDB
import Workers

package struct AlertRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

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

    /// The same again is not noted when it was noted since a moment.
    package func noteOnce(_ kind: Alert.Kind, _ facts: [String: String], since moment: Timestamp, at now: Timestamp)
        throws
    {
        let known = try Row.fetchAll(
            database, sql: "SELECT * FROM alert WHERE kind = ? AND at >= ?",
            arguments: [kind.rawValue, moment.milliseconds]
        ).contains { try Alert(row: $0).facts == facts }
        if !known { try note(kind, facts, at: now) }
    }

    /// Those that staff have not been told, the urgent ones first, each oldest first.
    package func waiting() throws -> [Alert] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM alert WHERE sent_at IS NULL ORDER BY is_urgent DESC, id LIMIT 1000"
        ).map(Alert.init(row:))
    }

    /// Those that went to staff, and whose writer has not heard yet that the network took them; oldest first.
    package func toConfirm() throws -> [Alert] {
        try Row.fetchAll(
            database,
            sql: "SELECT * FROM alert WHERE message_key IS NOT NULL AND told_at IS NULL ORDER BY id LIMIT 1000"
        ).map(Alert.init(row:))
    }

    package func markConfirmed(_ id: AlertID, at now: Timestamp) throws {
        try database.execute(
            sql: "UPDATE alert SET told_at = ? WHERE id = ?", arguments: [now.milliseconds, id.number])
    }

    /// When staff were last told something urgent.
    package func lastUrgentSent() throws -> Timestamp? {
        try Int64.fetchOne(database, sql: "SELECT MAX(sent_at) FROM alert WHERE sent_at IS NOT NULL AND is_urgent = 1")
            .map(Timestamp.init(milliseconds:))
    }

    /// When staff were last told something that was not urgent.
    package func lastSent() throws -> Timestamp? {
        try Int64.fetchOne(database, sql: "SELECT MAX(sent_at) FROM alert WHERE sent_at IS NOT NULL AND is_urgent = 0")
            .map(Timestamp.init(milliseconds:))
    }

    /// Urgent ones that were told since a moment.
    package func urgentSent(since moment: Timestamp) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT COUNT(*) FROM alert WHERE sent_at >= ? AND is_urgent = 1",
            arguments: [moment.milliseconds]) ?? 0
    }

    /// `key`: the keys of the messages that tell them begin so.
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
