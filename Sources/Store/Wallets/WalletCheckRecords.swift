import Domain
import GRDB
import Workers

/// What wallets answered when they were asked for their balance.
package struct WalletCheckRecords {
    let transaction: Transaction

    /// The checks that are kept of each wallet, and the last one that it answered.
    private static let kept = 500

    /// Stores a check. The way back from its balance begins at `before`.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func add(_ check: WalletCheck, before: Timestamp) throws {
        var failure: String?
        if case .failure(let reason) = check.answer { failure = reason }
        let key = check.wallet
        try transaction.run(
            """
            INSERT INTO wallet_check (provider, modem, asked_at, answered_at, balance, failure, openings, opened_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                key.provider, key.modem, check.askedAt.milliseconds, check.answeredAt.milliseconds,
                check.balance?.minor, failure, check.balance.map { "\($0.minor)" },
                check.balance.map { _ in before.milliseconds },
            ])
        try transaction.run(
            """
            DELETE FROM wallet_check WHERE provider = ?1 AND modem = ?2 AND id <= (
            SELECT id FROM wallet_check WHERE provider = ?1 AND modem = ?2 ORDER BY id DESC LIMIT 1 OFFSET ?3)
            AND id <> (SELECT IFNULL(MAX(id), 0) FROM wallet_check
            WHERE provider = ?1 AND modem = ?2 AND balance IS NOT NULL)
            """, [key.provider, key.modem, Self.kept])
    }

    /// The last attempt; `nil` if there was none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func last(of key: WalletKey) throws -> WalletCheck? { try checks(of: key, "1", limit: 1).first }

    /// The checks that the wallet answered, the newest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func answered(of key: WalletKey, limit: Int = 1) throws -> [WalletCheck] {
        try checks(of: key, "balance IS NOT NULL", limit: limit)
    }

    private func checks(of key: WalletKey, _ condition: String, limit: Int) throws -> [WalletCheck] {
        try transaction.rows(
            "SELECT * FROM wallet_check WHERE provider = ? AND modem = ? AND \(condition) ORDER BY id DESC LIMIT ?",
            [key.provider, key.modem, limit]
        ).map { row in
            let answer: WalletCheck.Answer =
                (row["balance"] as Int64?).map { .balance(Money(minor: $0)) } ?? .failure(row["failure"])
            return WalletCheck(
                wallet: key, askedAt: Timestamp(milliseconds: row["asked_at"]),
                answeredAt: Timestamp(milliseconds: row["answered_at"]), answer: answer)
        }
    }

    /// The way back from the last balance that the wallet stated; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func way(of key: WalletKey) throws -> CheckedBalance? {
        try transaction.rows(
            """
            SELECT openings, opened_at FROM wallet_check WHERE provider = ? AND modem = ? AND balance IS NOT NULL
            ORDER BY id DESC LIMIT 1
            """, [key.provider, key.modem]
        ).first.map { row in
            let sums = (row["openings"] as String).split(separator: " ").compactMap { Int64($0) }
            return CheckedBalance(
                openings: Set(sums.map(Money.init(minor:))), before: Timestamp(milliseconds: row["opened_at"]))
        }
    }

    /// Records how far back the last balance of a wallet is explained.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func set(_ way: CheckedBalance, of key: WalletKey) throws {
        try transaction.run(
            """
            UPDATE wallet_check SET openings = ?, opened_at = ? WHERE id = (SELECT MAX(id) FROM wallet_check
            WHERE provider = ? AND modem = ? AND balance IS NOT NULL)
            """,
            [
                way.openings.map { "\($0.minor)" }.sorted().joined(separator: " "), way.before.milliseconds,
                key.provider, key.modem,
            ])
    }

    // MARK: Orders of staff

    /// Records that staff want the wallet asked.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func order(_ key: WalletKey, at now: Timestamp) throws {
        transaction.wake(.wallets)
        try transaction.run(
            """
            INSERT INTO wallet_check_order (provider, modem, at) VALUES (?, ?, ?)
            ON CONFLICT (provider, modem) DO UPDATE SET at = excluded.at
            """, [key.provider, key.modem, now.milliseconds])
    }

    /// When staff last wanted the wallet asked; `nil` if they never did.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func ordered(_ key: WalletKey) throws -> Timestamp? {
        try transaction.rows(
            "SELECT at FROM wallet_check_order WHERE provider = ? AND modem = ?", [key.provider, key.modem]
        ).first.map { Timestamp(milliseconds: $0["at"]) }
    }
}

extension Transaction {
    package var walletChecks: WalletCheckRecords { WalletCheckRecords(transaction: self) }
}
