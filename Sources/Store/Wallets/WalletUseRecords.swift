import Domain
import GRDB

/// The wallets that staff switched on, and the unproven credits of each.
package struct WalletUseRecords {
    let transaction: Transaction

    /// All wallets that staff switched on.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func all() throws -> [WalletUse] {
        try transaction.rows("SELECT * FROM wallet_use ORDER BY provider", []).map(WalletUse.init)
    }

    /// The record of a provider's wallet; `nil` if staff did not switch it on.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func use(of provider: String) throws -> WalletUse? {
        try transaction.rows("SELECT * FROM wallet_use WHERE provider = ?", [provider]).first.map(WalletUse.init)
    }

    /// Switches a wallet on. A budget replaces the earlier one; `nil` keeps it.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func begin(_ provider: String, budget: Money?, uid: UInt32?, at now: Timestamp) throws {
        try transaction.run(
            """
            INSERT INTO wallet_use (provider, since, uid, budget) VALUES (?, ?, ?, ?)
            ON CONFLICT (provider) DO UPDATE SET budget = COALESCE(excluded.budget, budget)
            """, [provider, now.milliseconds, uid.map { Int64($0) }, budget?.minor])
    }

    /// Switches a wallet off; `false` if it was not switched on.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func end(_ provider: String) throws -> Bool {
        try transaction.run("DELETE FROM wallet_use WHERE provider = ?", [provider])
        return transaction.database.changesCount == 1
    }

    // MARK: Unproven credits

    /// Records that a payment was credited unproven, which uses the wallet's budget of a day.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func spend(_ payment: Payment, on day: CalendarDate) throws {
        try transaction.run(
            """
            INSERT INTO unproven_credit (payment_id, provider, day, amount) VALUES (?, ?, ?, ?)
            ON CONFLICT (payment_id) DO NOTHING
            """, [payment.id.number, payment.provider, day.description, payment.amount.minor])
    }

    /// The sum of a wallet's unproven credits of a day, those proved later excluded.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func spent(of provider: String, on day: CalendarDate) throws -> Money {
        let sums = try transaction.rows(
            "SELECT amount FROM unproven_credit WHERE provider = ? AND day = ? AND proved_at IS NULL",
            [provider, day.description])
        return sums.map { Money(minor: $0["amount"]) }.sum
    }

    /// Whether a payment was credited without proof and was not proved since.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func isUnproven(_ payment: PaymentID) throws -> Bool {
        try !transaction.rows(
            "SELECT 1 FROM unproven_credit WHERE payment_id = ? AND proved_at IS NULL", [payment.number]
        ).isEmpty
    }

    /// Records that an unproven credit was proved, which returns its amount to the budget.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func prove(_ payment: PaymentID, at now: Timestamp) throws {
        try transaction.run(
            "UPDATE unproven_credit SET proved_at = ? WHERE payment_id = ? AND proved_at IS NULL",
            [now.milliseconds, payment.number])
    }
}

extension Transaction {
    package var walletUse: WalletUseRecords { WalletUseRecords(transaction: self) }
}

extension WalletUse {
    fileprivate init(row: Row) {
        self.init(
            provider: row["provider"], since: Timestamp(milliseconds: row["since"]),
            budget: (row["budget"] as Int64?).map(Money.init(minor:)))
    }
}
