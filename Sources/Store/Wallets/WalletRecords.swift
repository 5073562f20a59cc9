import Workers
import Domain
import GRDB

/// Wallets with their known balances, and payments that wait for a proof.
package struct WalletRecords {
    let transaction: Transaction

    // MARK: Balances

    /// The wallet with a key; `nil` if it is unknown.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func wallet(_ key: WalletKey) throws -> Wallet? {
        try transaction.rows("SELECT * FROM wallet WHERE provider = ? AND modem = ?", [key.provider, key.modem]).first
            .map(Wallet.init)
    }

    /// All wallets.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func all() throws -> [Wallet] {
        try transaction.rows("SELECT * FROM wallet ORDER BY provider, modem", []).map(Wallet.init)
    }

    /// Sets the balance of a wallet and closes its gap. An anchored chain stays anchored.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func set(_ key: WalletKey, _ balance: Money, toldAt: Timestamp, at now: Timestamp) throws {
        try transaction.run(
            """
            INSERT INTO wallet (provider, modem, balance, told_at, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (provider, modem) DO UPDATE SET balance = excluded.balance, told_at = excluded.told_at,
            at = excluded.at, gap_at = NULL, supposed = NULL, supposed_told_at = NULL
            """, [key.provider, key.modem, balance.minor, toldAt.milliseconds, now.milliseconds])
    }

    /// Anchors the chain of a wallet: staff confirmed its balance, so notices that follow from it are proved.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func anchor(_ key: WalletKey, at now: Timestamp) throws {
        try transaction.run(
            "UPDATE wallet SET anchored_at = ? WHERE provider = ? AND modem = ?",
            [now.milliseconds, key.provider, key.modem])
    }

    /// Records the balance after the notices that follow a gap.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func suppose(_ key: WalletKey, _ balance: Money, toldAt: Timestamp) throws {
        try transaction.run(
            "UPDATE wallet SET supposed = ?, supposed_told_at = ? WHERE provider = ? AND modem = ?",
            [balance.minor, toldAt.milliseconds, key.provider, key.modem])
    }

    /// Records a gap; `false` if one was recorded before.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func noteGap(_ key: WalletKey, at now: Timestamp) throws -> Bool {
        try transaction.run(
            "UPDATE wallet SET gap_at = ? WHERE provider = ? AND modem = ? AND gap_at IS NULL",
            [now.milliseconds, key.provider, key.modem])
        return transaction.database.changesCount == 1
    }

    // MARK: Payments that wait for a proof

    /// Makes a payment wait for a proof until `moment`.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func wait(_ payment: PaymentID, until moment: Timestamp) throws {
        transaction.wake(.schedule)
        try transaction.run(
            "UPDATE payment SET wait_until = ? WHERE id = ?", [moment.milliseconds, payment.number])
    }

    /// Ends the wait of a payment.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func stopWaiting(_ payment: PaymentID) throws {
        try transaction.run("UPDATE payment SET wait_until = NULL WHERE id = ?", [payment.number])
    }

    /// Payments whose wait is over.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func overdue(at now: Timestamp, limit: Int) throws -> [PaymentID] {
        try transaction.rows(
            "SELECT id FROM payment WHERE wait_until <= ? ORDER BY wait_until, id LIMIT ?", [now.milliseconds, limit]
        ).map { PaymentID($0["id"]) }
    }
}

extension Transaction {
    package var wallets: WalletRecords { WalletRecords(transaction: self) }
}

extension Wallet {
    fileprivate init(row: Row) {
        self.init(
            key: WalletKey(provider: row["provider"], modem: row["modem"]), balance: Money(minor: row["balance"]),
            at: Timestamp(milliseconds: row["at"]), toldAt: Timestamp(milliseconds: row["told_at"]),
            anchoredAt: (row["anchored_at"] as Int64?).map(Timestamp.init(milliseconds:)),
            gapAt: (row["gap_at"] as Int64?).map(Timestamp.init(milliseconds:)),
            supposed: (row["supposed"] as Int64?).map(Money.init(minor:)))
    }
}
