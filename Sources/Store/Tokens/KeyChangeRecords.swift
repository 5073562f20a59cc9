import GRDB
import Domain

/// Key changes of meters.
package struct KeyChangeRecords {
    let transaction: Transaction

    /// Stores a pending key change.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func insert(_ key: MeterKeyParameters, of device: DeviceID, token: TokenID, at now: Timestamp) throws {
        try transaction.run(
            """
            INSERT INTO key_change (device_id, token_id, sgc, krn, kt, ti, ea, base_date, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                device.number, token.number, key.supplyGroup, key.keyRevision, key.keyType, key.tariffIndex,
                key.algorithm, key.baseDate, now.milliseconds,
            ])
    }

    /// The pending key change of a meter; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func pending(of device: DeviceID) throws -> KeyChange? {
        try transaction.rows(
            "SELECT * FROM key_change WHERE device_id = ? AND confirmed_at IS NULL AND withdrawn_at IS NULL",
            [device.number]
        ).first.map { row in
            KeyChange(
                id: KeyChangeID(row["id"]), device: DeviceID(row["device_id"]), token: TokenID(row["token_id"]),
                key: MeterKeyParameters(
                    supplyGroup: row["sgc"], keyRevision: row["krn"], keyType: row["kt"], tariffIndex: row["ti"],
                    algorithm: row["ea"], baseDate: row["base_date"]),
                createdAt: Timestamp(milliseconds: row["created_at"]))
        }
    }

    /// Confirms that the meter accepted the tokens: its key becomes the new one. A new base date resets its last TID.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func confirm(_ change: KeyChange, at now: Timestamp) throws {
        let key = change.key
        try transaction.run(
            """
            UPDATE device SET last_tid = CASE WHEN base_date = ? THEN last_tid END, sgc = ?, krn = ?, kt = ?, ti = ?, ea = ?,
            base_date = ? WHERE id = ?
            """,
            [
                key.baseDate, key.supplyGroup, key.keyRevision, key.keyType, key.tariffIndex, key.algorithm,
                key.baseDate, change.device.number,
            ])
        try transaction.run(
            "UPDATE key_change SET confirmed_at = ? WHERE id = ?", [now.milliseconds, change.id.number])
    }

    /// Withdraws a pending key change.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func withdraw(_ change: KeyChange, at now: Timestamp) throws {
        try transaction.run(
            "UPDATE key_change SET withdrawn_at = ? WHERE id = ?", [now.milliseconds, change.id.number])
    }
}

extension Transaction {
    package var keyChanges: KeyChangeRecords { KeyChangeRecords(transaction: self) }
}
