import Domain
import GRDB

/// Sales and their instalments.
package struct SaleRecords {
    let transaction: Transaction
    var database: Database { transaction.database }

    // MARK: Sales

    /// Stores a sale with its plan. The caller books it in the ledger.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func insert(_ sale: Sale, _ instalments: [(due: CalendarDate, cost: Money)]) throws -> SaleID {
        try transaction.run(
            """
            INSERT INTO sale (customer_id, device_id, appliance_id, name, price, list_price, down_payment, payment_id, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                sale.customer.number, sale.device?.number, sale.appliance?.number, sale.name, sale.price.minor,
                sale.listPrice?.minor, sale.downPayment.minor, sale.payment?.number, sale.createdAt.milliseconds,
            ])
        let id = SaleID(transaction.lastRow)
        try add(instalments, to: id)
        return id
    }

    private func add(_ instalments: [(due: CalendarDate, cost: Money)], to sale: SaleID) throws {
        for instalment in instalments {
            try transaction.run(
                "INSERT INTO instalment (sale_id, due, cost) VALUES (?, ?, ?)",
                [sale.number, instalment.due.description, instalment.cost.minor])
        }
    }

    /// Replaces the plan of a sale. The earlier instalments keep their paid amounts and are no longer owed.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func replacePlan(
        of sale: Sale, price: Money, daysEarned: Int, with instalments: [(due: CalendarDate, cost: Money)]
    ) throws {
        try transaction.run("UPDATE instalment SET is_replaced = 1 WHERE sale_id = ?", [sale.id.number])
        try transaction.run(
            "UPDATE sale SET price = ?, days_earned_before = ? WHERE id = ?",
            [price.minor, daysEarned, sale.id.number])
        try add(instalments, to: sale.id)
    }

    /// Cancels a sale; nothing of it is owed any more.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func cancel(_ id: SaleID, at now: Timestamp) throws {
        try transaction.run(
            "UPDATE sale SET state = 'cancelled', ended_at = ? WHERE id = ?", [now.milliseconds, id.number])
        try transaction.run("UPDATE instalment SET is_replaced = 1 WHERE sale_id = ?", [id.number])
    }

    /// Changes the number of days granted; the result is at least 0.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func addGrantedDays(_ days: Int, to id: SaleID) throws {
        try transaction.run(
            "UPDATE sale SET days_granted = MAX(0, days_granted + ?) WHERE id = ?", [days, id.number])
    }

    /// Whether a later plan replaced the instalment.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func isReplaced(_ instalment: InstalmentID) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT is_replaced FROM instalment WHERE id = ?", arguments: [instalment.number]) ?? false
    }

    /// Reduces the price of a sale, because an amount paid under an earlier plan is owed elsewhere now. `days` is added
    /// to the days granted and earned; it is negative for days that were never delivered.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func moveOut(_ amount: Money, days: Int, of id: SaleID) throws {
        try transaction.run(
            """
            UPDATE sale SET price = price - ?, days_granted = MAX(0, days_granted + ?),
            days_earned_before = MAX(0, days_earned_before + ?) WHERE id = ?
            """, [amount.minor, days, days, id.number])
    }

    /// Adds an amount that was paid under an earlier plan to the current plan again, as a last instalment.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func reopen(_ amount: Money, days: Int, of id: SaleID) throws {
        try moveOut(.zero, days: days, of: id)
        let last = try currentPlan(of: id).last
        guard let last else { return }
        try add([(last.due.adding(days: last.gap), amount)], to: id)
    }

    /// The sale with an id; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func sale(_ id: SaleID) throws -> Sale? { try sales("id = ?", [id.number]).first }

    /// The sales of a customer, oldest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func sales(of customer: CustomerID) throws -> [Sale] {
        try sales("customer_id = ? ORDER BY id", [customer.number])
    }

    /// Sales older than `before`, newest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func sales(before: Int64?, customer: CustomerID?, state: Sale.State?, limit: Int) throws -> [Sale] {
        try sales(
            "id < ? AND (? IS NULL OR customer_id = ?) AND (? IS NULL OR state = ?) ORDER BY id DESC LIMIT ?",
            [before ?? Int64.max, customer?.number, customer?.number, state?.rawValue, state?.rawValue, limit])
    }

    /// The payment plan of a device: the oldest open sale with an unpaid instalment, otherwise the newest open sale.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func plan(of device: DeviceID) throws -> Sale? {
        try sales(
            """
            device_id = ? AND state = 'open' ORDER BY
            EXISTS (SELECT 1 FROM instalment WHERE sale_id = sale.id AND is_replaced = 0 AND paid < cost) DESC,
            CASE WHEN EXISTS (SELECT 1 FROM instalment WHERE sale_id = sale.id AND is_replaced = 0 AND paid < cost)
            THEN id ELSE -id END LIMIT 1
            """, [device.number]
        ).first
    }

    /// The debt that a reversed payment left; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func debt(of payment: PaymentID) throws -> Sale? { try sales("payment_id = ?", [payment.number]).first }

    func sales(_ condition: String, _ arguments: StatementArguments) throws -> [Sale] {
        try transaction.rows("SELECT * FROM sale WHERE \(condition)", arguments).map { row in
            var sale = Sale(
                customer: CustomerID(row["customer_id"]), device: (row["device_id"] as Int64?).map(DeviceID.init),
                appliance: (row["appliance_id"] as Int64?).map(ApplianceID.init), name: row["name"],
                price: Money(minor: row["price"]), listPrice: (row["list_price"] as Int64?).map(Money.init(minor:)),
                downPayment: Money(minor: row["down_payment"]), at: Timestamp(milliseconds: row["created_at"]))
            sale.id = SaleID(row["id"])
            sale.state = try row.known("state", of: "sale")
            sale.daysEarnedBefore = row["days_earned_before"]
            sale.daysGranted = row["days_granted"]
            sale.payment = (row["payment_id"] as Int64?).map(PaymentID.init)
            return sale
        }
    }
}

extension Transaction {
    package var sales: SaleRecords { SaleRecords(transaction: self) }
}
