import Domain
import Foundation
import GRDB

package struct Payment: Sendable, Hashable {
    package var id = PaymentID(0)
    package var provider: String
    package var transactionID: String
    package var amount: Money
    package var currency: String
    package var payerName: String?
    package var payerPhone: PhoneNumber?
    package var reference: String?
    package var newBalance: Money?
    package var fee: Money?
    package var providerTime: String?
    package var message: InboxMessageID?
    package var state = PaymentState.received
    /// Why it is held.
    package var reasons: [String] = []
    package var device: DeviceID?
    package var receivedAt: Timestamp

    package init(
        provider: String, transactionID: String, amount: Money, currency: String, payerName: String?,
        payerPhone: PhoneNumber?,
        reference: String?, newBalance: Money?, fee: Money?, providerTime: String?, message: InboxMessageID?,
        receivedAt: Timestamp
    ) {
        self.provider = provider
        self.transactionID = transactionID
        self.amount = amount
        self.currency = currency
        self.payerName = payerName
        self.payerPhone = payerPhone
        self.reference = reference
        self.newBalance = newBalance
        self.fee = fee
        self.providerTime = providerTime
        self.message = message
        self.receivedAt = receivedAt
    }
}

package struct Allocation: Sendable, Hashable {
    package enum Kind: String, Sendable, Codable {
        case instalment, access, energy, service, credit
    }

    package var kind: Kind
    /// Negative only for credit that was used.
    package var amount: Money
    package var instalment: InstalmentID?
    package var accessDebt: AccessDebtID?
    package var device: DeviceID?
    package var energy = Energy(tenths: 0)
    package var days = 0

    package init(kind: Kind, amount: Money) {
        self.kind = kind
        self.amount = amount
    }
}

package struct IssuedToken: Sendable, Hashable {
    package var device: DeviceID
    package var payment: PaymentID?
    package var digits: String
    package var identifier: Int64?
    package var energy: Energy
    package var days: Int
    package var createdAt: Timestamp

    package init(
        device: DeviceID, payment: PaymentID?, digits: String, identifier: Int64?, energy: Energy, days: Int,
        createdAt: Timestamp
    ) {
        self.device = device
        self.payment = payment
        self.digits = digits
        self.identifier = identifier
        self.energy = energy
        self.days = days
        self.createdAt = createdAt
    }
}

/// Payments, what they were used for, and the tokens made from them.
package struct PaymentRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// Inserts a payment; `nil` when its (provider, transaction id) was seen before.
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
                payment.reasons.isEmpty ? nil : payment.reasons.joined(separator: "\n"),
                payment.device?.number, payment.receivedAt.milliseconds, payment.receivedAt.milliseconds,
            ])
        return database.changesCount == 1 ? PaymentID(transaction.lastRow) : nil
    }

    /// Moves a payment on; refuses a step that the states do not know.
    package func move(
        _ id: PaymentID, to state: PaymentState, reasons: [String] = [], device: DeviceID? = nil, at now: Timestamp
    ) throws {
        guard let payment = try payment(id) else { return }
        guard payment.state.next.contains(state) else {
            throw StoreError.wrongState(id, from: payment.state, to: state)
        }
        try database.execute(
            sql: """
                UPDATE payment SET state = ?, reasons = COALESCE(?, reasons), device_id = COALESCE(?, device_id), updated_at = ?
                WHERE id = ?
                """,
            arguments: [
                state.rawValue, reasons.isEmpty ? nil : reasons.joined(separator: "\n"), device?.number,
                now.milliseconds, id.number,
            ])
    }

    /// Notes why a payment cannot go on, without moving it.
    package func note(_ reasons: [String], device: DeviceID, on id: PaymentID, at now: Timestamp) throws {
        try database.execute(
            sql: "UPDATE payment SET reasons = ?, device_id = ?, updated_at = ? WHERE id = ?",
            arguments: [reasons.joined(separator: "\n"), device.number, now.milliseconds, id.number])
    }

    package func payment(_ id: PaymentID) throws -> Payment? { try payments("id = ?", [id.number]).first }

    package func payment(provider: String, transactionID: String) throws -> Payment? {
        try payments("provider = ? AND txn_id = ?", [provider, transactionID]).first
    }

    /// Newest first, older than `before`.
    package func payments(before: Int64?, state: PaymentState?, limit: Int) throws -> [Payment] {
        try payments(
            "id < ? AND (? IS NULL OR state = ?) ORDER BY id DESC LIMIT ?",
            [before ?? Int64.max, state?.rawValue, state?.rawValue, limit])
    }

    private func payments(_ condition: String, _ arguments: StatementArguments) throws -> [Payment] {
        try Row.fetchAll(database, sql: "SELECT * FROM payment WHERE \(condition)", arguments: arguments).map(
            Payment.init)
    }

    /// The same transaction was told again.
    package func noteSighting(of payment: PaymentID, in message: InboxMessageID, at now: Timestamp) throws {
        try database.execute(
            sql: "INSERT INTO payment_sighting (payment_id, inbox_message_id, seen_at) VALUES (?, ?, ?)",
            arguments: [payment.number, message.number, now.milliseconds])
    }

    package func counts() throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT state, COUNT(*) AS number FROM payment GROUP BY state") {
            counts[row["state"]] = row["number"]
        }
        return counts
    }

    /// Payments that came in since a moment and were not refused, and their sum.
    package func taken(since moment: Timestamp) throws -> (count: Int, amount: Money) {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT COUNT(*) AS number, COALESCE(SUM(amount), 0) AS amount FROM payment
                WHERE received_at >= ? AND state NOT IN ('rejected', 'reversed', 'refunded')
                """, arguments: [moment.milliseconds])
        return (row?["number"] ?? 0, Money(minor: row?["amount"] ?? 0))
    }

    // MARK: Allocations

    package func add(_ allocation: Allocation, to payment: PaymentID) throws {
        try database.execute(
            sql: """
                INSERT INTO allocation (payment_id, kind, amount, instalment_id, access_debt_id, device_id, energy, days)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                payment.number, allocation.kind.rawValue, allocation.amount.minor, allocation.instalment?.number,
                allocation.accessDebt?.number, allocation.device?.number, allocation.energy.tenths, allocation.days,
            ])
    }

    package func allocations(of payment: PaymentID) throws -> [Allocation] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM allocation WHERE payment_id = ? ORDER BY id", arguments: [payment.number]
        ).compactMap { row in
            guard let kind = Allocation.Kind(rawValue: row["kind"]) else { return nil }
            var allocation = Allocation(kind: kind, amount: Money(minor: row["amount"]))
            allocation.instalment = (row["instalment_id"] as Int64?).map(InstalmentID.init)
            allocation.accessDebt = (row["access_debt_id"] as Int64?).map(AccessDebtID.init)
            allocation.device = (row["device_id"] as Int64?).map(DeviceID.init)
            allocation.energy = Energy(tenths: row["energy"])
            allocation.days = row["days"]
            return allocation
        }
    }

    // MARK: Tokens

    package func add(_ token: IssuedToken) throws {
        try database.execute(
            sql:
                "INSERT INTO token (device_id, payment_id, digits, tid, energy, days, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                token.device.number, token.payment?.number, token.digits, token.identifier, token.energy.tenths,
                token.days,
                token.createdAt.milliseconds,
            ])
    }

    /// When the last token was made, whichever device it was for.
    package func lastTokenTime() throws -> Timestamp? {
        try Int64.fetchOne(database, sql: "SELECT created_at FROM token ORDER BY id DESC LIMIT 1")
            .map(Timestamp.init(milliseconds:))
    }

    package func token(of payment: PaymentID) throws -> IssuedToken? {
        try tokens("payment_id = ?", [payment.number]).first
    }

    /// Newest first.
    package func tokens(of device: DeviceID, limit: Int) throws -> [IssuedToken] {
        try tokens("device_id = ? ORDER BY id DESC LIMIT ?", [device.number, limit])
    }

    /// The newest token that a phone paid for, of one device or of any.
    package func lastToken(paidBy phone: PhoneNumber, for device: DeviceID?) throws -> IssuedToken? {
        try tokens(
            """
            payment_id IN (SELECT id FROM payment WHERE payer_phone = ?) AND (? IS NULL OR device_id = ?) ORDER BY id DESC LIMIT 1
            """, [phone.e164, device?.number, device?.number]
        ).first
    }

    private func tokens(_ condition: String, _ arguments: StatementArguments) throws -> [IssuedToken] {
        try Row.fetchAll(database, sql: "SELECT * FROM token WHERE \(condition)", arguments: arguments).map {
            IssuedToken(
                device: DeviceID($0["device_id"]), payment: ($0["payment_id"] as Int64?).map(PaymentID.init),
                digits: $0["digits"],
                identifier: $0["tid"], energy: Energy(tenths: $0["energy"]), days: $0["days"],
                createdAt: Timestamp(milliseconds: $0["created_at"]))
        }
    }
}

extension Payment {
    init(row: Row) {
        self.init(
            provider: row["provider"], transactionID: row["txn_id"], amount: Money(minor: row["amount"]),
            currency: row["currency"],
            payerName: row["payer_name"], payerPhone: (row["payer_phone"] as String?).flatMap { PhoneNumber(e164: $0) },
            reference: row["reference"], newBalance: (row["new_balance"] as Int64?).map(Money.init(minor:)),
            fee: (row["fee"] as Int64?).map(Money.init(minor:)), providerTime: row["provider_time"],
            message: (row["inbox_message_id"] as Int64?).map(InboxMessageID.init),
            receivedAt: Timestamp(milliseconds: row["received_at"]))
        id = PaymentID(row["id"])
        state = PaymentState(rawValue: row["state"]) ?? .held
        reasons = (row["reasons"] as String?)?.split(separator: "\n").map(String.init) ?? []
        device = (row["device_id"] as Int64?).map(DeviceID.init)
    }
}

extension Transaction {
    package var payments: PaymentRecords { PaymentRecords(transaction: self) }
}
