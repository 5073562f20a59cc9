import Domain
import GRDB

/// Providers' notices as links of the chains of balances.
package struct WalletNoticeRecords {
    let transaction: Transaction

    /// The contents of a notice to record.
    package struct Statement: Sendable {
        package var payment: PaymentID?
        /// The payment that the notice reverses.
        package var reverses: PaymentID?
        package var balance: Money?
        /// The possible balances, if the text can be read with several.
        package var candidates: [Money] = []
        package var changes: [Money]
        package var toldAt: Timestamp

        package init(changes: [Money], toldAt: Timestamp) {
            self.changes = changes
            self.toldAt = toldAt
        }
    }

    /// The payments and reversals that a set of closed notices proves.
    package struct Proved: Sendable, Hashable {
        package var payments: [PaymentID] = []
        /// Messages with a reversal.
        package var reversals: [InboxMessageID] = []
        /// The messages that became links of the chain now.
        package var messages: [InboxMessageID] = []

        package init() {}

        package static func + (first: Proved, second: Proved) -> Proved {
            var sum = first
            sum += second
            return sum
        }

        package static func += (first: inout Proved, second: Proved) {
            first.payments += second.payments
            first.reversals += second.reversals
            first.messages += second.messages
        }
    }

    /// Records an open notice of a message, or updates it while it is open.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func note(_ key: WalletKey, _ message: InboxMessageID, _ statement: Statement, at now: Timestamp) throws {
        try transaction.run(
            """
            INSERT INTO wallet_notice (provider, modem, inbox_message_id, payment_id, reverses, balance, candidates, changes,
            told_at, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (inbox_message_id) DO UPDATE SET
            payment_id = excluded.payment_id, reverses = excluded.reverses, balance = excluded.balance,
            candidates = excluded.candidates, changes = excluded.changes WHERE is_closed = 0
            """,
            [
                key.provider, key.modem, message.number, statement.payment?.number, statement.reverses?.number,
                statement.balance?.minor,
                statement.candidates.isEmpty ? nil : Self.text(statement.candidates), Self.text(statement.changes),
                statement.toldAt.milliseconds, now.milliseconds,
            ])
    }

    /// Open notices received since `oldest`. An open notice does not follow from the wallet's balance yet.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func openNotices(_ key: WalletKey, since oldest: Timestamp) throws -> [WalletNotice] {
        try transaction.rows(
            """
            SELECT * FROM wallet_notice WHERE provider = ? AND modem = ? AND is_closed = 0 AND received_at >= ?
            ORDER BY +told_at DESC, id DESC LIMIT 500
            """, [key.provider, key.modem, oldest.milliseconds]
        ).map { Self.notice($0) }
    }

    /// All notices since `oldest`, the latest first. A closed one is a proved link, unless its payment was credited
    /// without proof or was not credited at all.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func notices(_ key: WalletKey, since oldest: Timestamp) throws -> [WalletNotice] {
        try transaction.rows(
            """
            SELECT wallet_notice.*, payment.state AS payment_state, is_closed AND NOT EXISTS (SELECT 1 FROM unproven_credit
            WHERE unproven_credit.payment_id = wallet_notice.payment_id AND proved_at IS NULL) AS is_link
            FROM wallet_notice LEFT JOIN payment ON payment.id = wallet_notice.payment_id
            WHERE wallet_notice.provider = ? AND wallet_notice.modem = ? AND wallet_notice.received_at >= ?
            ORDER BY +told_at DESC, wallet_notice.id DESC LIMIT 5000
            """, [key.provider, key.modem, oldest.milliseconds]
        ).map { row in
            let state = (row["payment_state"] as String?).flatMap(PaymentState.init)
            return Self.notice(row, isLink: row["is_link"] && state?.isCredited ?? true)
        }
    }

    /// Whether a link of the chain since `oldest` claims the same movement of money as an open notice, for another payment.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func hasTwin(_ notice: WalletNotice, _ key: WalletKey, since oldest: Timestamp) throws -> Bool {
        guard let balance = notice.balance, let payment = notice.payment else { return false }
        return try !transaction.rows(
            """
            SELECT 1 FROM wallet_notice WHERE provider = ? AND modem = ? AND balance = ? AND is_closed = 1
            AND payment_id <> ? AND received_at >= ? LIMIT 1
            """, [key.provider, key.modem, balance.minor, payment.number, oldest.milliseconds]
        ).isEmpty
    }

    /// The payments of open notices with a balance, received between `oldest` and `moment`, with that balance.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func openPayments(_ key: WalletKey, since oldest: Timestamp, until moment: Timestamp) throws -> [(
        payment: PaymentID, balance: Money
    )] {
        try transaction.rows(
            """
            SELECT payment_id, balance FROM wallet_notice WHERE provider = ? AND modem = ? AND is_closed = 0
            AND balance IS NOT NULL AND payment_id IS NOT NULL AND received_at BETWEEN ? AND ? ORDER BY id LIMIT 500
            """, [key.provider, key.modem, oldest.milliseconds, moment.milliseconds]
        ).map { (PaymentID($0["payment_id"]), Money(minor: $0["balance"])) }
    }

    /// When the first payment was received whose notice is open and whose wait is over at `moment`; `nil` if there is
    /// none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func firstUnproved(_ key: WalletKey, receivedBefore moment: Timestamp) throws -> Timestamp? {
        try transaction.rows(
            """
            SELECT payment.received_at AS received_at FROM payment JOIN wallet_notice
            ON wallet_notice.payment_id = payment.id WHERE payment.wait_until IS NOT NULL
            AND wallet_notice.provider = ? AND wallet_notice.modem = ? AND wallet_notice.is_closed = 0
            AND payment.received_at <= ? ORDER BY payment.received_at LIMIT 1
            """, [key.provider, key.modem, moment.milliseconds]
        ).first.map { Timestamp(milliseconds: $0["received_at"]) }
    }

    /// Closes the notices of a payment without a balance, because another text about the payment has the balance.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func closeSilent(of payment: PaymentID) throws {
        try transaction.run(
            "UPDATE wallet_notice SET is_closed = 1 WHERE payment_id = ? AND balance IS NULL", [payment.number])
    }

    /// Whether the message's notice is already closed; if so, `payment` is added to it.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func attach(_ payment: PaymentID?, toClosedNoticeOf message: InboxMessageID) throws -> Bool {
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

    /// Closes notices and returns what they prove. A reversal in a notice that was closed before is not repeated.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func close(_ notices: [WalletNotice]) throws -> Proved {
        var proved = Proved()
        for notice in notices {
            let row = try transaction.rows("SELECT * FROM wallet_notice WHERE id = ?", [notice.id]).first
            guard let row else { continue }
            try transaction.run("UPDATE wallet_notice SET is_closed = 1 WHERE id = ?", [notice.id])
            let message = InboxMessageID(row["inbox_message_id"])
            let wasOpen = !(row["is_closed"] as Bool)
            if wasOpen { proved.messages.append(message) }
            if let payment = row["payment_id"] as Int64? { proved.payments.append(PaymentID(payment)) }
            if row["reverses"] as Int64? != nil, wasOpen { proved.reversals.append(message) }
        }
        return proved
    }

    /// The wallet and the open notice of a payment; `nil` if none is open or it has no balance.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func openNotice(of payment: PaymentID) throws -> (key: WalletKey, notice: WalletNotice)? {
        try transaction.rows(
            "SELECT * FROM wallet_notice WHERE payment_id = ? AND is_closed = 0 AND balance IS NOT NULL",
            [payment.number]
        ).first.map { (WalletKey(provider: $0["provider"], modem: $0["modem"]), Self.notice($0)) }
    }

    /// The payment that a message reverses.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func reversed(by message: InboxMessageID) throws -> PaymentID? {
        try transaction.rows("SELECT reverses FROM wallet_notice WHERE inbox_message_id = ?", [message.number]).first
            .flatMap { $0["reverses"] as Int64? }.map { PaymentID($0) }
    }

    /// The number of open notices of a wallet with a balance, received since `oldest`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func openCount(_ key: WalletKey, since oldest: Timestamp) throws -> Int {
        try transaction.rows(
            """
            SELECT COUNT(*) AS number FROM wallet_notice
            WHERE provider = ? AND modem = ? AND is_closed = 0 AND balance IS NOT NULL AND received_at >= ?
            """, [key.provider, key.modem, oldest.milliseconds]
        ).first?["number"] ?? 0
    }

    private static func text(_ sums: [Money]) -> String { sums.map { String($0.minor) }.joined(separator: " ") }

    private static func sums(_ text: String?) -> [Money] {
        (text ?? "").split(separator: " ").compactMap { Int64($0) }.map(Money.init(minor:))
    }

    private static func notice(_ row: Row, isLink: Bool = false) -> WalletNotice {
        WalletNotice(
            id: row["id"], balance: (row["balance"] as Int64?).map(Money.init(minor:)),
            candidates: sums(row["candidates"]), changes: sums(row["changes"]),
            toldAt: Timestamp(milliseconds: row["told_at"]), isLink: isLink,
            payment: (row["payment_id"] as Int64?).map { PaymentID($0) },
            receivedAt: Timestamp(milliseconds: row["received_at"]))
    }
}

extension Transaction {
    package var walletNotices: WalletNoticeRecords { WalletNoticeRecords(transaction: self) }
}
