import Domain
import Foundation
import GRDB

/// Payment notices received over HTTP.
package struct NoticeRecords {
    let transaction: Transaction

    /// The notice with a provider's id; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func notice(_ driver: String, _ id: String) throws -> StoredNotice? {
        try transaction.rows("SELECT * FROM payment_notice WHERE driver = ? AND notice_id = ?", [driver, id]).first
            .map(StoredNotice.init)
    }

    /// Stores a notice with its decision. `isPaired` if an SMS of the payment is known, too.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func insert(
        _ notice: PaymentNotice, _ decision: NoticeDecision, isPaired: Bool, report: StoredNotice.Report,
        at now: Timestamp
    ) throws {
        var (payment, refusal): (Int64?, String?)
        switch decision {
        case .accepted(let id): payment = id.number
        case .refused(let reason): refusal = reason.rawValue
        }
        try transaction.run(
            """
            INSERT INTO payment_notice (driver, notice_id, provider, amount, reference, payer_phone, payer_name, provider_time,
            receipts, context, payment_id, refusal, paired, report, report_at, received_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                notice.driver, notice.id, notice.wallet, notice.amount.minor, notice.reference,
                notice.payerPhone?.e164, notice.payerName, notice.time?.text, try Self.json(notice.receipts),
                try Self.json(notice.context), payment, refusal, isPaired, report.rawValue,
                report == .due ? now.milliseconds : nil, now.milliseconds,
            ])
    }

    /// The notices of a wallet for an amount that no SMS is known of, accepted or refused, received since `moment`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func unpaired(_ wallet: String, _ amount: Money, since moment: Timestamp) throws -> [StoredNotice] {
        try transaction.rows(
            """
            SELECT * FROM payment_notice WHERE provider = ? AND amount = ? AND received_at >= ? AND paired = 0
            ORDER BY id
            """, [wallet, amount.minor, moment.milliseconds]
        ).map(StoredNotice.init)
    }

    /// Payments of a wallet for an amount that no notice is known of, received since `moment` and not rejected.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func paymentsWithoutNotice(_ wallet: String, _ amount: Money, since moment: Timestamp) throws -> [Payment] {
        try transaction.payments.payments(
            """
            provider = ? AND amount = ? AND received_at >= ? AND state NOT IN ('rejected', 'reversed', 'refunded')
            AND NOT EXISTS (SELECT 1 FROM payment_notice WHERE payment_id = payment.id) ORDER BY id
            """, [wallet, amount.minor, moment.milliseconds])
    }

    /// Records that an SMS of a refused notice's payment is known.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func pair(_ notice: StoredNotice) throws {
        try transaction.run("UPDATE payment_notice SET paired = 1 WHERE id = ?", [notice.number])
    }

    /// Records that an SMS of the payment is known.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func pair(_ payment: PaymentID) throws {
        try transaction.run("UPDATE payment_notice SET paired = 1 WHERE payment_id = ?", [payment.number])
    }

    // MARK: Reports

    /// The notices whose report is due, oldest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func reportsDue(at now: Timestamp, limit: Int) throws -> [StoredNotice] {
        try transaction.rows(
            "SELECT * FROM payment_notice WHERE report = 'due' AND report_at <= ? ORDER BY report_at, id LIMIT ?",
            [now.milliseconds, limit]
        ).map(StoredNotice.init)
    }

    /// When the next report is due.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func nextReport() throws -> Timestamp? {
        try transaction.rows("SELECT MIN(report_at) AS at FROM payment_notice WHERE report = 'due'", []).first
            .flatMap { $0["at"] as Int64? }.map(Timestamp.init(milliseconds:))
    }

    /// Records the outcome of a report: delivered, to be sent again at `next`, or given up.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func noteReport(_ number: Int64, _ report: StoredNotice.Report, next: Timestamp?) throws {
        try transaction.run(
            "UPDATE payment_notice SET report = ?, report_at = ?, attempts = attempts + 1 WHERE id = ?",
            [report.rawValue, next?.milliseconds, number])
    }

    // MARK: Refused requests

    /// Counts requests that were refused before they were read. Returns how many there were on that day, for this
    /// reason, before and now.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func countRefused(_ number: Int, _ route: String, _ reason: String, on day: CalendarDate, at now: Timestamp)
        throws -> (before: Int, now: Int)
    {
        let key: StatementArguments = [route, reason, day.description]
        let sql = "SELECT count FROM refused_request WHERE route = ? AND reason = ? AND day = ?"
        let before: Int = try transaction.rows(sql, key).first?["count"] ?? 0
        let after = min(before + number, 1_000_000_000)
        try transaction.run(
            """
            INSERT INTO refused_request (route, reason, day, count, last_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (route, reason, day) DO UPDATE SET count = excluded.count, last_at = excluded.last_at
            """, [route, reason, day.description, after, now.milliseconds])
        return (before, after)
    }

    fileprivate static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

extension StoredNotice {
    fileprivate init(row: Row) throws {
        let decoder = JSONDecoder()
        let refusal: NoticeRefusal? = try row.knownIfPresent("refusal", of: "payment_notice")
        let payment = (row["payment_id"] as Int64?).map(PaymentID.init)
        self.init(
            number: row["id"], driver: row["driver"], id: row["notice_id"], wallet: row["provider"],
            amount: Money(minor: row["amount"]), reference: row["reference"],
            receipts: (try? decoder.decode([String].self, from: Data((row["receipts"] as String).utf8))) ?? [],
            payerPhone: (row["payer_phone"] as String?).flatMap { PhoneNumber(e164: $0) },
            payerName: row["payer_name"],
            time: (row["provider_time"] as String?).flatMap { WallTime($0) },
            decision: refusal.map { .refused($0) } ?? .accepted(payment ?? PaymentID(0)),
            context: (try? decoder.decode([String: String].self, from: Data((row["context"] as String).utf8))) ?? [:],
            report: try row.known("report", of: "payment_notice"), attempts: row["attempts"],
            receivedAt: Timestamp(milliseconds: row["received_at"]))
    }
}

extension Transaction {
    package var notices: NoticeRecords { NoticeRecords(transaction: self) }
}
