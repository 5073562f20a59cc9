import Domain
import GRDB

/// Delivery reports.
extension OutboxRecords {
    /// Applies a delivery report to the newest sent part with its reference. If there is none, the report is stored for
    /// a part whose acceptance is not recorded yet, and `false` is returned.
    /// - Throws: `StoreError.unavailable` if the database cannot be written; `.unknownValue` for an unknown value.
    package func report(
        modem: String, recipient: String, reference: Int, delivered: Bool, since: Timestamp, at now: Timestamp
    ) throws
        -> Bool
    {
        let digits = recipient.filter(\.isNumber).suffix(8)
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT message_id, number FROM outbox_part JOIN outbox_message ON outbox_message.id = message_id
                WHERE outbox_part.modem = ? AND outbox_part.reference = ? AND sent_at >= ? AND recipient LIKE ?
                AND outbox_part.state = 'sent' ORDER BY sent_at DESC LIMIT 1
                """, arguments: [modem, reference, since.milliseconds, "%\(digits)"])
        guard let row else {
            // The report may have arrived before the acceptance of the part was recorded.
            try database.execute(
                sql: "DELETE FROM early_report WHERE at < ?", arguments: [now.adding(.seconds(-300)).milliseconds])
            try database.execute(
                sql: "INSERT INTO early_report (modem, reference, recipient, delivered, at) VALUES (?, ?, ?, ?, ?)",
                arguments: [modem, reference, recipient, delivered, now.milliseconds])
            return false
        }
        let id = OutboxMessageID(row["message_id"])
        try setPart(row["number"], of: id, delivered ? .delivered : .failed)
        let states = try parts(of: id).map(\.state)
        if states.allSatisfy({ $0 == .delivered }) {
            try setState(.delivered, of: id, at: now)
        } else if !delivered {
            try setState(.failed, of: id, error: "the network did not deliver the message", at: now)
        }
        return true
    }

    /// Applies delivery reports that arrived before `partAccepted` recorded their reference.
    /// - Throws: `StoreError.unavailable` if the database cannot be written; `.unknownValue` for an unknown value.
    package func takeEarlyReports(modem: String, reference: Int, at now: Timestamp) throws {
        let rows = try transaction.rows(
            "SELECT rowid, * FROM early_report WHERE modem = ? AND reference = ? AND at >= ?",
            [modem, reference, now.adding(.seconds(-60)).milliseconds])
        for row in rows {
            try database.execute(sql: "DELETE FROM early_report WHERE rowid = ?", arguments: [row["rowid"] as Int64])
            _ = try report(
                modem: modem, recipient: row["recipient"], reference: reference, delivered: row["delivered"],
                since: now.adding(.seconds(-60)), at: now)
        }
    }
}
