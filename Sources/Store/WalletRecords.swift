import Domain
import GRDB

/// A wallet of the company: a provider's, on the SIM of one modem.
package struct WalletKey: Hashable, Sendable {
    package let provider: String
    package let modem: String

    package init(provider: String, modem: String) {
        self.provider = provider
        self.modem = modem
    }
}

package struct Wallet: Sendable, Hashable {
    package let key: WalletKey
    /// What the chain of its notices has come to.
    package let balance: Money
    package let at: Timestamp
    /// The provider's time of the last notice in it.
    package let toldAt: Timestamp
    /// Since when notices do not follow from that.
    package let gapAt: Timestamp?
}

/// A service centre that sent texts of a provider.
package struct WalletCentre: Sendable, Hashable {
    package let provider: String
    package let number: String
    package let firstSeen: Timestamp
    package let lastSeen: Timestamp
    package let messages: Int
    /// Its texts are believed.
    package let isKnown: Bool
}

/// What wallets are known to hold, and who speaks for them.
package struct WalletRecords {
    let transaction: Transaction

    // MARK: Balances

    package func wallet(_ key: WalletKey) throws -> Wallet? {
        try transaction.rows("SELECT * FROM wallet WHERE provider = ? AND modem = ?", [key.provider, key.modem]).first
            .map(Wallet.init)
    }

    package func all() throws -> [Wallet] {
        try transaction.rows("SELECT * FROM wallet ORDER BY provider, modem", []).map(Wallet.init)
    }

    /// From here on a wallet is known to hold this. Closes every gap.
    package func set(_ key: WalletKey, _ balance: Money, toldAt: Timestamp, at now: Timestamp) throws {
        try transaction.run(
            """
            INSERT INTO wallet (provider, modem, balance, told_at, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (provider, modem) DO UPDATE SET
            balance = excluded.balance, told_at = excluded.told_at, at = excluded.at, gap_at = NULL
            """, [key.provider, key.modem, balance.minor, toldAt.milliseconds, now.milliseconds])
    }

    /// `false` when it was noted before.
    package func noteGap(_ key: WalletKey, at now: Timestamp) throws -> Bool {
        try transaction.run(
            "UPDATE wallet SET gap_at = ? WHERE provider = ? AND modem = ? AND gap_at IS NULL",
            [now.milliseconds, key.provider, key.modem])
        return transaction.database.changesCount == 1
    }

    // MARK: Notices

    package func note(
        _ key: WalletKey, message: InboxMessageID, payment: PaymentID?, balance: Money?, changes: [Money],
        toldAt: Timestamp, at now: Timestamp
    ) throws {
        try transaction.run(
            """
            INSERT INTO wallet_notice (provider, modem, inbox_message_id, payment_id, balance, changes, told_at, received_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (inbox_message_id) DO UPDATE SET
            payment_id = excluded.payment_id, balance = excluded.balance, changes = excluded.changes
            WHERE is_closed = 0
            """,
            [
                key.provider, key.modem, message.number, payment?.number, balance?.minor,
                changes.map { String($0.minor) }.joined(separator: " "), toldAt.milliseconds, now.milliseconds,
            ])
    }

    /// Notices that follow from nothing yet, none older than `oldest`.
    package func open(_ key: WalletKey, since oldest: Timestamp) throws -> [WalletNotice] {
        try transaction.rows(
            """
            SELECT * FROM wallet_notice WHERE provider = ? AND modem = ? AND is_closed = 0 AND received_at >= ?
            ORDER BY told_at DESC, id DESC LIMIT 500
            """, [key.provider, key.modem, oldest.milliseconds]
        ).map { row in
            WalletNotice(
                id: row["id"], balance: (row["balance"] as Int64?).map(Money.init(minor:)),
                changes: (row["changes"] as String).split(separator: " ").compactMap { Int64($0) }.map(
                    Money.init(minor:)),
                toldAt: Timestamp(milliseconds: row["told_at"]))
        }
    }

    /// The other half of a pair said nothing of the balance, and this one does.
    package func closeSilent(of payment: PaymentID) throws {
        try transaction.run(
            "UPDATE wallet_notice SET is_closed = 1 WHERE payment_id = ? AND balance IS NULL", [payment.number])
    }

    /// Whether a message is a link of the chain already; then its payment is named in it.
    package func isClosed(_ message: InboxMessageID, naming payment: PaymentID?) throws -> Bool {
        guard
            try !transaction.rows(
                "SELECT 1 FROM wallet_notice WHERE inbox_message_id = ? AND is_closed = 1", [message.number]
            ).isEmpty
        else { return false }
        try transaction.run(
            "UPDATE wallet_notice SET payment_id = COALESCE(?, payment_id) WHERE inbox_message_id = ?",
            [payment?.number, message.number])
        return true
    }

    /// Closes notices; gives back their payments.
    package func close(_ notices: [WalletNotice]) throws -> [PaymentID] {
        try notices.compactMap { notice in
            try transaction.run("UPDATE wallet_notice SET is_closed = 1 WHERE id = ?", [notice.id])
            let row = try transaction.rows("SELECT payment_id FROM wallet_notice WHERE id = ?", [notice.id]).first
            return (row?["payment_id"] as Int64?).map { PaymentID($0) }
        }
    }

    /// The wallet and notice of a payment, while it follows from nothing.
    package func openNotice(of payment: PaymentID) throws -> (key: WalletKey, notice: WalletNotice)? {
        let rows = try transaction.rows(
            "SELECT * FROM wallet_notice WHERE payment_id = ? AND is_closed = 0 AND balance IS NOT NULL",
            [payment.number])
        return rows.first.map { row in
            let key = WalletKey(provider: row["provider"], modem: row["modem"])
            let notice = WalletNotice(
                id: row["id"], balance: (row["balance"] as Int64?).map(Money.init(minor:)), changes: [],
                toldAt: Timestamp(milliseconds: row["told_at"]))
            return (key, notice)
        }
    }

    /// How many notices of a wallet follow from nothing.
    package func openCount(_ key: WalletKey, since oldest: Timestamp) throws -> Int {
        try transaction.rows(
            """
            SELECT COUNT(*) AS number FROM wallet_notice
            WHERE provider = ? AND modem = ? AND is_closed = 0 AND balance IS NOT NULL AND received_at >= ?
            """, [key.provider, key.modem, oldest.milliseconds]
        ).first?["number"] ?? 0
    }

    // MARK: Service centres

    /// Counts a text from a centre. A new one is known when it comes within `learning` of the provider's first.
    package func see(_ number: String, of provider: String, learning: Duration, at now: Timestamp) throws
        -> WalletCentre
    {
        let first = try transaction.rows(
            "SELECT MIN(first_seen) AS first FROM wallet_centre WHERE provider = ?", [provider]
        ).first.flatMap { $0["first"] as Int64? }
        let isKnown = first.map { now.milliseconds <= $0 + learning.milliseconds } ?? true
        try transaction.run(
            """
            INSERT INTO wallet_centre (provider, number, first_seen, last_seen, is_known) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (provider, number) DO UPDATE SET last_seen = excluded.last_seen, messages = messages + 1
            """, [provider, number, now.milliseconds, now.milliseconds, isKnown])
        return try centres(of: provider).first { $0.number == number }
            ?? WalletCentre(
                provider: provider, number: number, firstSeen: now, lastSeen: now, messages: 1, isKnown: isKnown)
    }

    package func centres(of provider: String) throws -> [WalletCentre] {
        try transaction.rows("SELECT * FROM wallet_centre WHERE provider = ? ORDER BY first_seen, number", [provider])
            .map(WalletCentre.init)
    }

    /// `false` when nothing was heard from that centre.
    package func believe(_ number: String, of provider: String) throws -> Bool {
        try transaction.run(
            "UPDATE wallet_centre SET is_known = 1 WHERE provider = ? AND number = ?", [provider, number])
        return transaction.database.changesCount == 1
    }

    // MARK: Payments that wait for their chain

    package func wait(_ payment: PaymentID, until moment: Timestamp) throws {
        try transaction.run(
            "UPDATE payment SET wait_until = ? WHERE id = ?", [moment.milliseconds, payment.number])
    }

    package func stopWaiting(_ payment: PaymentID) throws {
        try transaction.run("UPDATE payment SET wait_until = NULL WHERE id = ?", [payment.number])
    }

    /// Payments whose time to wait is over.
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
        key = WalletKey(provider: row["provider"], modem: row["modem"])
        balance = Money(minor: row["balance"])
        at = Timestamp(milliseconds: row["at"])
        toldAt = Timestamp(milliseconds: row["told_at"])
        gapAt = (row["gap_at"] as Int64?).map(Timestamp.init(milliseconds:))
    }
}

extension WalletCentre {
    fileprivate init(row: Row) {
        provider = row["provider"]
        number = row["number"]
        firstSeen = Timestamp(milliseconds: row["first_seen"])
        lastSeen = Timestamp(milliseconds: row["last_seen"])
        messages = row["messages"]
        isKnown = row["is_known"]
    }
}
