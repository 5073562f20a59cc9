import Workers
import Domain
import GRDB

/// Token requests to vendors.
package struct VendorTokenRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// Stores a waiting request and wakes the vendor's worker.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func insert(_ request: VendorTokenRecord) throws {
        transaction.wake(.vendor(request.vendor))
        try transaction.run(
            """
            INSERT INTO token_request (payment_id, device_id, vendor, state, energy, days, unlocks, amount, is_beside,
            not_before, created_at, updated_at) VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                request.payment.number, request.device.number, request.vendor, request.energy.tenths, request.days,
                request.unlocks, request.amount.minor, request.isBeside, request.notBefore.milliseconds,
                request.notBefore.milliseconds,
                request.notBefore.milliseconds,
            ])
    }

    /// The next request to send to a vendor; `nil` if none is due.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func next(of vendor: String, at now: Timestamp) throws -> VendorTokenRecord? {
        try requests(
            """
            vendor = ? AND state IN ('waiting', 'inquiring') AND not_before <= ? ORDER BY not_before, id LIMIT 1
            """, [vendor, now.milliseconds]
        ).first
    }

    /// When the next request to a vendor is due.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func nextTime(of vendor: String) throws -> Timestamp? {
        try Int64.fetchOne(
            database,
            sql: "SELECT MIN(not_before) FROM token_request WHERE vendor = ? AND state IN ('waiting', 'inquiring')",
            arguments: [vendor]
        ).map(Timestamp.init(milliseconds:))
    }

    /// Requests in progress. After a crash no worker waits for their answers.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func onTheWire() throws -> [VendorTokenRecord] { try requests("state = 'asking' ORDER BY id", []) }

    /// The request with an id; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func request(_ id: VendorTokenID) throws -> VendorTokenRecord? {
        try requests("id = ?", [id.number]).first
    }

    /// The current request of a payment for its own device; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func request(of payment: PaymentID) throws -> VendorTokenRecord? {
        try requests("payment_id = ? AND state <> 'cancelled' AND is_beside = 0", [payment.number]).first
    }

    /// A request of a payment that staff may resolve; that for its own device first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func stuck(of payment: PaymentID) throws -> VendorTokenRecord? {
        try requests(
            "payment_id = ? AND state IN ('waiting', 'unknown', 'refused') ORDER BY is_beside, id", [payment.number]
        ).first
    }

    /// Open requests to vendors that are no longer configured.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func waiting(notAt vendors: [String]) throws -> [VendorTokenRecord] {
        try requests("state IN ('waiting', 'inquiring') ORDER BY id", []).filter { !vendors.contains($0.vendor) }
    }

    /// Stores the changed state, attempts, time and error of a request.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func update(_ request: VendorTokenRecord, at now: Timestamp) throws {
        if request.state == .waiting { transaction.wake(.vendor(request.vendor)) }
        try transaction.run(
            "UPDATE token_request SET state = ?, attempts = ?, not_before = ?, error = ?, updated_at = ? WHERE id = ?",
            [
                request.state.rawValue, request.attempts, request.notBefore.milliseconds, request.error,
                now.milliseconds, request.id.number,
            ])
    }

    /// The number of requests that staff must resolve, or that have been open since before `moment`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func stuckCount(since moment: Timestamp) throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT COUNT(*) FROM token_request WHERE state IN ('unknown', 'refused')
                OR (state IN ('waiting', 'inquiring') AND created_at < ?)
                """, arguments: [moment.milliseconds]) ?? 0
    }

    private func requests(_ condition: String, _ arguments: StatementArguments) throws -> [VendorTokenRecord] {
        try transaction.rows("SELECT * FROM token_request WHERE \(condition)", arguments).map { row in
            var request = VendorTokenRecord(
                payment: PaymentID(row["payment_id"]), device: DeviceID(row["device_id"]), vendor: row["vendor"],
                energy: Energy(tenths: row["energy"]), days: row["days"], unlocks: row["unlocks"],
                amount: Money(minor: row["amount"]), at: Timestamp(milliseconds: row["not_before"]))
            request.id = VendorTokenID(row["id"])
            request.state = try row.known("state", of: "token_request")
            request.attempts = row["attempts"]
            request.isBeside = row["is_beside"]
            request.error = row["error"]
            return request
        }
    }
}

extension Transaction {
    package var vendorTokens: VendorTokenRecords { VendorTokenRecords(transaction: self) }
}
