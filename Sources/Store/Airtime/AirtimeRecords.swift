import Domain
import GRDB

/// What networks said about the airtime of SIMs, and what was bought.
package struct AirtimeRecords {
    let transaction: Transaction

    /// The checks that are kept of each modem.
    private static let kept = 500

    /// The last check of a modem; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func last(of modem: String) throws -> AirtimeCheck? {
        try transaction.rows("SELECT * FROM airtime_check WHERE modem = ? ORDER BY id DESC LIMIT 1", [modem]).first
            .map(AirtimeCheck.init)
    }

    /// The newest checks of all modems.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func newest(_ limit: Int) throws -> [AirtimeCheck] {
        try transaction.rows("SELECT * FROM airtime_check ORDER BY id DESC LIMIT ?", [limit]).map(AirtimeCheck.init)
    }

    /// Stores a check.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func add(_ check: AirtimeCheck) throws {
        try transaction.run(
            "INSERT INTO airtime_check (modem, at, balance, sms, text, failure) VALUES (?, ?, ?, ?, ?, ?)",
            [check.modem, check.at.milliseconds, check.balance?.minor, check.sms, check.text, check.failure])
        try transaction.run(
            """
            DELETE FROM airtime_check WHERE modem = ? AND id <= (
            SELECT id FROM airtime_check WHERE modem = ? ORDER BY id DESC LIMIT 1 OFFSET ?)
            """, [check.modem, check.modem, Self.kept])
    }

    /// How often a bundle was bought since `moment`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func bought(by modem: String, since moment: Timestamp) throws -> Int {
        try transaction.rows(
            "SELECT COUNT(*) AS number FROM bundle_purchase WHERE modem = ? AND at >= ?", [modem, moment.milliseconds]
        ).first?["number"] ?? 0
    }

    /// Records that a bundle is about to be bought: it counts even if the daemon stops before it knows.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func begin(_ purchase: BundlePurchase) throws -> Int64 {
        try transaction.run(
            "INSERT INTO bundle_purchase (modem, at, price, answer) VALUES (?, ?, ?, ?)",
            [purchase.modem, purchase.at.milliseconds, purchase.price.minor, purchase.answer])
        return transaction.lastRow
    }

    /// Records what the network said.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func end(_ number: Int64, _ answer: String) throws {
        try transaction.run("UPDATE bundle_purchase SET answer = ? WHERE id = ?", [answer, number])
    }

    /// The newest purchases.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func purchases(_ limit: Int) throws -> [BundlePurchase] {
        try transaction.rows("SELECT * FROM bundle_purchase ORDER BY id DESC LIMIT ?", [limit]).map {
            BundlePurchase(
                modem: $0["modem"], at: Timestamp(milliseconds: $0["at"]), price: Money(minor: $0["price"]),
                answer: $0["answer"])
        }
    }
}

extension AirtimeCheck {
    fileprivate init(row: Row) {
        self.init(
            modem: row["modem"], at: Timestamp(milliseconds: row["at"]),
            balance: (row["balance"] as Int64?).map(Money.init(minor:)), sms: row["sms"], text: row["text"],
            failure: row["failure"])
    }
}

extension Transaction {
    package var airtime: AirtimeRecords { AirtimeRecords(transaction: self) }
}
