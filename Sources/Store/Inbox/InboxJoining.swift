import Domain
import GRDB

/// Joins parts to messages.
extension InboxRecords {
    /// Joins parts into a message.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func join(_ assembled: PartAssembly.Message, at now: Timestamp) throws {
        let rows = try assembled.parts.compactMap {
            try Row.fetchOne(database, sql: "SELECT * FROM inbox_part WHERE id = ?", arguments: [$0])
        }
        guard let first = rows.first else { return }
        // Binary parts are hexadecimal digits; a message is binary if any of its parts is.
        let isBinary = rows.contains { ($0["coding"] as String) == "binary" }
        // Parts that came by different SMSCs or modems may be of different senders, so their message is not trusted.
        let isMixed =
            Set(rows.map { $0["smsc"] as String }).count > 1 || Set(rows.map { $0["modem"] as String }).count > 1
        let body = rows.map { $0["body"] as String }.joined()
        try database.execute(
            sql: """
                INSERT INTO inbox_message (modem, originator, smsc, sent_at, body, is_binary, is_incomplete, received_at, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting')
                """,
            arguments: [
                first["modem"] as String, first["originator"] as String, first["smsc"] as String,
                first["sent_at"] as Int64?, body,
                isBinary, assembled.isIncomplete || isMixed, now.milliseconds,
            ])
        let message = transaction.lastRow
        for part in assembled.parts {
            try database.execute(sql: "UPDATE inbox_part SET message_id = ? WHERE id = ?", arguments: [message, part])
        }
    }
}
