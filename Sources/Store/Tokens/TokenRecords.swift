import Domain
import GRDB

/// Tokens, each made for a payment or by an action of staff.
package struct TokenRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// Stores a token.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    @discardableResult
    package func insert(_ token: IssuedToken) throws -> TokenID {
        try transaction.run(
            """
            INSERT INTO token (device_id, payment_id, act, digits, tid, base_date, energy, days, unlocks, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                token.device.number, token.payment?.number, token.act, token.digits, token.identifier, token.baseDate,
                token.energy.tenths, token.days, token.unlocks, token.createdAt.milliseconds,
            ])
        return TokenID(transaction.lastRow)
    }

    /// Stores a vendor's token that arrived after its payment was undone, as void.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func insertUndone(_ token: IssuedToken, at now: Timestamp) throws -> TokenID {
        try transaction.run(
            """
            INSERT INTO token (device_id, payment_id, digits, energy, days, unlocks, created_at, undone_at, is_void)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)
            """,
            [
                token.device.number, token.payment?.number, token.digits, token.energy.tenths, token.days,
                token.unlocks, token.createdAt.milliseconds, now.milliseconds,
            ])
        return TokenID(transaction.lastRow)
    }

    /// The current token of a payment; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func token(of payment: PaymentID) throws -> IssuedToken? {
        try tokens("payment_id = ? AND undone_at IS NULL", [payment.number]).first
    }

    /// The token with an id; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func token(_ id: TokenID) throws -> IssuedToken? { try tokens("id = ?", [id.number]).first }

    /// The last tokens of a device, newest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func tokens(of device: DeviceID, limit: Int) throws -> [IssuedToken] {
        try tokens("device_id = ? ORDER BY id DESC LIMIT ?", [device.number, limit])
    }

    /// An earlier vendor token with these digits, for `device` or for any device; void ones excluded.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func earlier(_ digits: String, for device: DeviceID?) throws -> IssuedToken? {
        try tokens(
            "digits = ? AND tid IS NULL AND digits <> '' AND is_void = 0 AND (? IS NULL OR device_id = ?) LIMIT 1",
            [digits, device?.number, device?.number]
        ).first
    }

    /// The newest token that was bought for a device, void ones excluded.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func lastBought(for device: DeviceID) throws -> IssuedToken? {
        try tokens(
            "device_id = ? AND payment_id IS NOT NULL AND is_void = 0 ORDER BY id DESC LIMIT 1", [device.number]
        ).first
    }

    /// The newest token that a phone paid for, for `device` or for any device; void ones excluded.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func last(paidBy phone: PhoneNumber, for device: DeviceID?) throws -> IssuedToken? {
        try tokens(
            """
            payment_id IN (SELECT id FROM payment WHERE payer_phone = ?) AND (? IS NULL OR device_id = ?) AND is_void = 0
            ORDER BY id DESC LIMIT 1
            """, [phone.e164, device?.number, device?.number]
        ).first
    }

    /// Records that the payment of a token was undone. `isVoid`: whether the token was never sent.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func undo(_ id: TokenID, isVoid: Bool, at now: Timestamp) throws {
        try transaction.run(
            "UPDATE token SET undone_at = ?, is_void = ? WHERE id = ?", [now.milliseconds, isVoid, id.number])
    }

    private func tokens(_ condition: String, _ arguments: StatementArguments) throws -> [IssuedToken] {
        try transaction.rows("SELECT * FROM token WHERE \(condition)", arguments).map { row in
            var token = IssuedToken(
                device: DeviceID(row["device_id"]), payment: (row["payment_id"] as Int64?).map(PaymentID.init),
                act: row["act"], digits: row["digits"], createdAt: Timestamp(milliseconds: row["created_at"]))
            token.id = TokenID(row["id"])
            token.identifier = row["tid"]
            token.baseDate = row["base_date"]
            token.energy = Energy(tenths: row["energy"])
            token.days = row["days"]
            token.unlocks = row["unlocks"]
            token.isUndone = (row["undone_at"] as Int64?) != nil
            token.isVoid = row["is_void"]
            return token
        }
    }
}

extension Transaction {
    package var tokens: TokenRecords { TokenRecords(transaction: self) }
}
