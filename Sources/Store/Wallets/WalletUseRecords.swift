import Domain
import GRDB

/// Which wallets are in use, and what was credited of each without proof.
package struct WalletUseRecords {
    let transaction: Transaction

    package func all() throws -> [WalletUse] {
        try transaction.rows("SELECT * FROM wallet_use ORDER BY provider", []).map(WalletUse.init)
    }

    package func use(of provider: String) throws -> WalletUse? {
        try transaction.rows("SELECT * FROM wallet_use WHERE provider = ?", [provider]).first.map(WalletUse.init)
    }

    /// Switches a wallet on; another budget than before replaces it.
    package func begin(_ provider: String, budget: Money?, uid: UInt32?, at now: Timestamp) throws {
        try transaction.run(
            """
            INSERT INTO wallet_use (provider, since, uid, budget) VALUES (?, ?, ?, ?)
            ON CONFLICT (provider) DO UPDATE SET budget = COALESCE(excluded.budget, budget)
            """, [provider, now.milliseconds, uid.map { Int64($0) }, budget?.minor])
    }

    /// `false` when it was not switched on.
    package func end(_ provider: String) throws -> Bool {
        try transaction.run("DELETE FROM wallet_use WHERE provider = ?", [provider])
        return transaction.database.changesCount == 1
    }

    // MARK: Credits without proof

    /// A payment is credited out of its wallet's budget of a day.
    package func spend(_ payment: Payment, on day: CalendarDate) throws {
        try transaction.run(
            """
            INSERT INTO unproven_credit (payment_id, provider, day, amount) VALUES (?, ?, ?, ?)
            ON CONFLICT (payment_id) DO NOTHING
            """, [payment.id.number, payment.provider, day.description, payment.amount.minor])
    }

    /// What a wallet's budget of a day was spent on and nothing proved since.
    package func spent(of provider: String, on day: CalendarDate) throws -> Money {
        let sums = try transaction.rows(
            "SELECT amount FROM unproven_credit WHERE provider = ? AND day = ? AND proved_at IS NULL",
            [provider, day.description])
        return sums.map { Money(minor: $0["amount"]) }.sum
    }

    /// A payment that was credited without proof is proved after all: the budget has its amount back.
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
