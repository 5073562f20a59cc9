import Domain
import GRDB

/// Access rates of meters: their due dates, and the debts of those that fell due.
package struct AccessRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    // MARK: Debts

    /// The unpaid access-rate debts of a customer's meters.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func outstandingDebts(of customer: CustomerID) throws -> [AccessDebt] {
        try transaction.rows(
            """
            SELECT access_debt.id, device_id, due, amount - paid AS open FROM access_debt
            JOIN device ON device.id = device_id WHERE customer_id = ? AND paid < amount
            """, [customer.number]
        ).compactMap { row in
            CalendarDate(row["due"] as String).map {
                AccessDebt(
                    id: AccessDebtID(row["id"]), device: DeviceID(row["device_id"]), due: $0,
                    outstanding: Money(minor: row["open"]))
            }
        }
    }

    /// The sum of a customer's unpaid access-rate debts.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func outstanding(of customer: CustomerID) throws -> Money {
        try outstandingDebts(of: customer).map(\.outstanding).sum
    }

    /// The access rates of a meter that fell due, newest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func charges(of device: DeviceID, limit: Int) throws -> [AccessCharge] {
        try transaction.rows(
            "SELECT due, amount, paid FROM access_debt WHERE device_id = ? ORDER BY due DESC, id DESC LIMIT ?",
            [device.number, limit]
        ).compactMap { row in
            CalendarDate(row["due"] as String).map {
                AccessCharge(due: $0, amount: Money(minor: row["amount"]), paid: Money(minor: row["paid"]))
            }
        }
    }

    /// Pays an amount on a debt; a negative amount undoes a payment.
    /// - Throws: `StoreError.tooMuchPaid` if the paid amount would leave 0...amount; `.unavailable`.
    package func pay(_ amount: Money, on debt: AccessDebtID) throws {
        try transaction.run(
            "UPDATE access_debt SET paid = paid + ? WHERE id = ? AND paid + ? BETWEEN 0 AND amount",
            [amount.minor, debt.number, amount.minor])
        guard database.changesCount == 1 else { throw StoreError.tooMuchPaid }
    }

    /// The owner of the meter that a debt is for.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func customer(of debt: AccessDebtID) throws -> CustomerID? {
        try Int64.fetchOne(
            database,
            sql: "SELECT customer_id FROM access_debt JOIN device ON device.id = device_id WHERE access_debt.id = ?",
            arguments: [debt.number]
        ).map(CustomerID.init)
    }

    // MARK: Due dates

    /// Meters whose next access rate is due between `first` and `today`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func due(on today: CalendarDate, from first: CalendarDate, limit: Int) throws -> [DueAccess] {
        try due(
            "access_next BETWEEN ? AND ? ORDER BY access_next, device.id LIMIT ?",
            [first.description, today.description, limit])
    }

    /// A customer's meters whose next access rate is due between `first` and `today`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func due(on today: CalendarDate, from first: CalendarDate, of customer: CustomerID) throws -> [DueAccess] {
        try due(
            "customer_id = ? AND access_next BETWEEN ? AND ? ORDER BY access_next, device.id LIMIT 500",
            [customer.number, first.description, today.description])
    }

    /// The number of meters whose next access rate was due before `day`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func overdue(before day: CalendarDate) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT COUNT(*) FROM device WHERE access_next < ?", arguments: [day.description]) ?? 0
    }

    private func due(_ condition: String, _ arguments: StatementArguments) throws -> [DueAccess] {
        try transaction.rows(
            """
            SELECT device.id, customer_id, access_next, access_rate, access_period_days FROM device
            JOIN tariff ON tariff.id = tariff_id WHERE \(condition)
            """, arguments
        ).compactMap { row in
            CalendarDate(row["access_next"] as String).map {
                DueAccess(
                    device: DeviceID(row["id"]), customer: CustomerID(row["customer_id"]), due: $0,
                    rate: Money(minor: row["access_rate"]), periodDays: row["access_period_days"])
            }
        }
    }

    /// Charges an access rate: stores it as a debt and books it.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func charge(_ access: DueAccess, at now: Timestamp) throws {
        try transaction.run(
            "INSERT INTO access_debt (device_id, due, amount) VALUES (?, ?, ?)",
            [access.device.number, access.due.description, access.rate.minor])
        try transaction.ledger.book(
            "access rate of device \(access.device), due \(access.due)",
            [
                Posting(.accessRates(access.customer), access.rate),
                Posting(.accessFees, Money(minor: -access.rate.minor)),
            ], payment: nil, at: now)
    }

    /// Sets the due date of a meter's next access rate; `nil` if its tariff has none.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func setNext(_ due: CalendarDate?, of device: DeviceID) throws {
        try transaction.run("UPDATE device SET access_next = ? WHERE id = ?", [due?.description, device.number])
    }

    /// The due date of a meter's next access rate; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func next(of device: DeviceID) throws -> CalendarDate? {
        try String.fetchOne(database, sql: "SELECT access_next FROM device WHERE id = ?", arguments: [device.number])
            .flatMap { CalendarDate($0) }
    }
}

extension Transaction {
    package var accessRates: AccessRecords { AccessRecords(transaction: self) }
}
