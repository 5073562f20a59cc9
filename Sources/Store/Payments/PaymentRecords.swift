import Domain
import Foundation
import GRDB

/// Payments and their allocations.
package struct PaymentRecords {
    let transaction: Transaction
    var database: Database { transaction.database }

    /// Inserts a payment; `nil` if its provider and transaction id are already stored.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func insert(_ payment: Payment) throws -> PaymentID? {
        try database.execute(
            sql: """
                INSERT INTO payment (provider, txn_id, amount, currency, payer_name, payer_phone, reference, new_balance, fee,
                provider_time, inbox_message_id, state, reasons, device_id, received_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (provider, txn_id) DO NOTHING
                """,
            arguments: [
                payment.provider, payment.transactionID, payment.amount.minor, payment.currency, payment.payerName,
                payment.payerPhone?.e164, payment.reference, payment.newBalance?.minor, payment.fee?.minor,
                payment.providerTime,
                payment.message?.number, payment.state.rawValue,
                try StoredHoldReasons.text(payment.reasons),
                payment.device?.number, payment.receivedAt.milliseconds, payment.receivedAt.milliseconds,
            ])
        return database.changesCount == 1 ? PaymentID(transaction.lastRow) : nil
    }

    /// Inserts a payment whose transaction id was looked for before.
    /// - Throws: `StoreError.knownPayment` if it is stored nevertheless; `.unavailable` if the database cannot be written.
    package func insertNew(_ payment: Payment) throws -> PaymentID {
        guard let id = try insert(payment) else { throw StoreError.knownPayment(provider: payment.provider) }
        return id
    }

    /// Changes the state of a payment.
    /// - Throws: `StoreError.wrongState` if its current state does not allow it; `.unavailable`, `.unknownValue`.
    package func move(
        _ id: PaymentID, to state: PaymentState, reasons: [HoldReason] = [], device: DeviceID? = nil,
        note: String? = nil,
        at now: Timestamp
    ) throws {
        guard let payment = try payment(id) else { return }
        guard payment.state.next.contains(state) else {
            throw StoreError.wrongState(id, from: payment.state, to: state)
        }
        try database.execute(
            sql: """
                UPDATE payment SET state = ?, reasons = COALESCE(?, reasons), device_id = COALESCE(?, device_id),
                note = COALESCE(?, note), updated_at = ? WHERE id = ?
                """,
            arguments: [
                state.rawValue, try StoredHoldReasons.text(reasons), device?.number, note,
                now.milliseconds, id.number,
            ])
    }

    /// Records why a payment cannot be completed, without changing its state.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func note(_ reasons: [HoldReason], device: DeviceID, on id: PaymentID, at now: Timestamp) throws {
        try database.execute(
            sql: "UPDATE payment SET reasons = ?, device_id = ?, updated_at = ? WHERE id = ?",
            arguments: [try StoredHoldReasons.text(reasons), device.number, now.milliseconds, id.number])
    }

    /// Replaces the reasons of a held payment.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func note(_ reasons: [HoldReason], onHeld id: PaymentID, at now: Timestamp) throws {
        try database.execute(
            sql: "UPDATE payment SET reasons = ?, updated_at = ? WHERE id = ? AND state = 'held'",
            arguments: [try StoredHoldReasons.text(reasons), now.milliseconds, id.number])
    }

    /// Records that the allocation of a payment was undone and the payment has returned to suspense.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func noteUndone(_ id: PaymentID) throws {
        try database.execute(
            sql: "UPDATE payment SET times_undone = times_undone + 1, device_id = NULL, reasons = NULL WHERE id = ?",
            arguments: [id.number])
    }

    /// Whether a different text with the same transaction id was put under review.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func hasContradiction(_ id: PaymentID) throws -> Bool {
        try !transaction.rows(
            """
            SELECT 1 FROM payment_sighting JOIN inbox_message ON inbox_message.id = inbox_message_id
            WHERE payment_id = ? AND disposition = 'review'
            """, [id.number]
        ).isEmpty
    }

    /// The payment with an id; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func payment(_ id: PaymentID) throws -> Payment? { try payments("id = ?", [id.number]).first }

    /// The payment with a provider's transaction id, or with this id in another notice of it; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func payment(provider: String, transactionID: String) throws -> Payment? {
        try payments("provider = ? AND txn_id = ?", [provider, transactionID]).first
            ?? payments(
                "id = (SELECT payment_id FROM payment_alias WHERE provider = ? AND txn_id = ?)",
                [provider, transactionID]
            ).first
    }

    /// Records that another notice of a payment calls it by another id.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func alias(_ payment: Payment, as transactionID: String) throws {
        guard transactionID != payment.transactionID else { return }
        try transaction.run(
            """
            INSERT INTO payment_alias (provider, txn_id, payment_id) VALUES (?, ?, ?)
            ON CONFLICT (provider, txn_id) DO NOTHING
            """, [payment.provider, transactionID, payment.id.number])
    }

    /// Payments older than `before`, newest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func payments(before: Int64?, state: PaymentState?, limit: Int) throws -> [Payment] {
        try payments(
            "id < ? AND (? IS NULL OR state = ?) ORDER BY id DESC LIMIT ?",
            [before ?? Int64.max, state?.rawValue, state?.rawValue, limit])
    }

    func payments(_ condition: String, _ arguments: StatementArguments) throws -> [Payment] {
        try Row.fetchAll(database, sql: "SELECT * FROM payment WHERE \(condition)", arguments: arguments).map(
            Payment.init)
    }

    /// Records another notice of the same payment.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func noteSighting(of payment: PaymentID, in message: InboxMessageID, at now: Timestamp) throws {
        try database.execute(
            sql: "INSERT INTO payment_sighting (payment_id, inbox_message_id, seen_at) VALUES (?, ?, ?)",
            arguments: [payment.number, message.number, now.milliseconds])
    }

    /// Payments for a customer's devices whose token is pending at the vendor, at most 5.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func pending(for customer: CustomerID) throws -> [Payment] {
        try payments(
            "state = 'token_pending' AND device_id IN (SELECT id FROM device WHERE customer_id = ?) ORDER BY id LIMIT 5",
            [customer.number])
    }

    /// The payments held for one reason and no other, oldest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func held(only reason: HoldReason.Code, limit: Int) throws -> [PaymentID] {
        try transaction.rows(
            """
            SELECT id FROM payment WHERE state = 'held' AND json_array_length(reasons) = 1
            AND json_extract(reasons, '$[0].code') = ? ORDER BY id LIMIT ?
            """, [reason.rawValue, limit]
        ).map { PaymentID($0["id"]) }
    }

    /// The number of payments in a state, their sum, and the time of the oldest.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func waiting(in state: PaymentState) throws -> (count: Int, amount: Money, oldest: Timestamp?) {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT COUNT(*) AS number, COALESCE(SUM(amount), 0) AS amount, MIN(received_at) AS oldest FROM payment
                WHERE state = ?
                """, arguments: [state.rawValue])
        return (
            row?["number"] ?? 0, Money(minor: row?["amount"] ?? 0),
            (row?["oldest"] as Int64?).map(Timestamp.init(milliseconds:))
        )
    }

    /// The number of payments by state.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func counts() throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT state, COUNT(*) AS number FROM payment GROUP BY state") {
            counts[row["state"]] = row["number"]
        }
        return counts
    }

    /// The fields that all of the last `count` credits of a provider had; `nil` if there are fewer.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func habits(of provider: String, least count: Int) throws -> PrintedHabits? {
        let rows = try transaction.rows(
            """
            SELECT txn_id, new_balance, provider_time FROM payment
            WHERE provider = ? AND state NOT IN ('received', 'held', 'rejected') ORDER BY id DESC LIMIT ?
            """, [provider, count])
        guard rows.count == count else { return nil }
        return PrintedHabits(
            hasIdentifier: rows.allSatisfy { !($0["txn_id"] as String).hasPrefix("~") },
            hasBalance: rows.allSatisfy { $0["new_balance"] as Int64? != nil },
            hasTime: rows.allSatisfy { $0["provider_time"] as String? != nil })
    }

    /// The number and sum of the payments received since `moment` that were not rejected, reversed or refunded.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func taken(since moment: Timestamp) throws -> (count: Int, amount: Money) {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT COUNT(*) AS number, COALESCE(SUM(amount), 0) AS amount FROM payment
                WHERE received_at >= ? AND state NOT IN ('rejected', 'reversed', 'refunded')
                """, arguments: [moment.milliseconds])
        return (row?["number"] ?? 0, Money(minor: row?["amount"] ?? 0))
    }
}

extension Payment {
    init(row: Row) throws {
        self.init(
            provider: row["provider"], transactionID: row["txn_id"], amount: Money(minor: row["amount"]),
            currency: row["currency"],
            payerName: row["payer_name"], payerPhone: (row["payer_phone"] as String?).flatMap { PhoneNumber(e164: $0) },
            reference: row["reference"], newBalance: (row["new_balance"] as Int64?).map(Money.init(minor:)),
            fee: (row["fee"] as Int64?).map(Money.init(minor:)), providerTime: row["provider_time"],
            message: (row["inbox_message_id"] as Int64?).map(InboxMessageID.init),
            receivedAt: Timestamp(milliseconds: row["received_at"]))
        id = PaymentID(row["id"])
        state = try row.known("state", of: "payment")
        reasons = try StoredHoldReasons.reasons(row["reasons"], of: row["id"])
        device = (row["device_id"] as Int64?).map(DeviceID.init)
        note = row["note"]
        timesUndone = row["times_undone"]
    }
}

extension Transaction {
    package var payments: PaymentRecords { PaymentRecords(transaction: self) }
}
