import Domain
import GRDB

package struct KeyChangeRecords {
    let transaction: Transaction

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

    /// The one that waits for its confirmation.
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

    /// The meter took the tokens: from now on its key is the new one. A new base date counts its TIDs anew.
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

    package func withdraw(_ change: KeyChange, at now: Timestamp) throws {
        try transaction.run(
            "UPDATE key_change SET withdrawn_at = ? WHERE id = ?", [now.milliseconds, change.id.number])
    }
}

extension Transaction {
    package var keyChanges: KeyChangeRecords { KeyChangeRecords(transaction: self) }
}
