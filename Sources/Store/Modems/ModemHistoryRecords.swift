import Domain
import GRDB

/// The changes of the modems' states.
package struct ModemHistoryRecords {
    let transaction: Transaction

    /// The number of entries kept for each modem.
    private static let kept = 200

    /// Adds an entry, unless the newest one has the same state and reason.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func add(_ entry: ModemHistoryEntry, of modem: String) throws {
        let last = try entries(of: modem, limit: 1).first
        guard last?.state != entry.state || last?.reason != entry.reason else { return }
        try transaction.run(
            "INSERT INTO modem_history (modem, state, reason, at) VALUES (?, ?, ?, ?)",
            [modem, entry.state, entry.reason, entry.at.milliseconds])
        try transaction.run(
            """
            DELETE FROM modem_history WHERE modem = ? AND id <= (SELECT id FROM modem_history WHERE modem = ?
            ORDER BY id DESC LIMIT 1 OFFSET ?)
            """, [modem, modem, Self.kept])
    }

    /// The newest entries of a modem, newest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func entries(of modem: String, limit: Int) throws -> [ModemHistoryEntry] {
        try transaction.rows(
            "SELECT state, reason, at FROM modem_history WHERE modem = ? ORDER BY id DESC LIMIT ?", [modem, limit]
        ).map {
            ModemHistoryEntry(state: $0["state"], reason: $0["reason"], at: Timestamp(milliseconds: $0["at"]))
        }
    }
}

extension Transaction {
    package var modemHistory: ModemHistoryRecords { ModemHistoryRecords(transaction: self) }
}
