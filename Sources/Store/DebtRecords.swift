import Domain
import GRDB

/// Instalments and access-rate debts.
package struct DebtRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// Open instalments of a customer's sales that were due before `today`, all but those of `device`'s own plan.
    package func overdue(of customer: CustomerID, but device: DeviceID, before today: CalendarDate) throws
        -> [OpenInstalment]
    {
        try Row.fetchAll(
            database,
            sql: """
                SELECT instalment.id, due, cost - paid AS open FROM instalment JOIN sale ON sale.id = sale_id
                WHERE customer_id = ? AND (device_id IS NULL OR device_id <> ?) AND due < ? AND paid < cost
                """, arguments: [customer.number, device.number, today.description]
        ).compactMap { row in
            CalendarDate(row["due"] as String).map {
                OpenInstalment(id: InstalmentID(row["id"]), due: $0, open: Money(minor: row["open"]))
            }
        }
    }

    /// All open instalments of a customer that were due before `today`.
    package func overdue(of customer: CustomerID, before today: CalendarDate) throws -> [OpenInstalment] {
        try overdue(of: customer, but: DeviceID(0), before: today)
    }

    /// The first open instalment that is due on `today` or later.
    package func nextInstalment(of customer: CustomerID, from today: CalendarDate) throws -> (
        name: String, due: CalendarDate, open: Money
    )? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT sale.name, due, cost - paid AS open FROM instalment JOIN sale ON sale.id = sale_id
                WHERE customer_id = ? AND due >= ? AND paid < cost ORDER BY due, instalment.id LIMIT 1
                """, arguments: [customer.number, today.description]
        ).flatMap { row in
            CalendarDate(row["due"] as String).map { (row["name"], $0, Money(minor: row["open"])) }
        }
    }

    package func access(of customer: CustomerID) throws -> [AccessDebt] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT access_debt.id, device_id, due, amount - paid AS open FROM access_debt
                JOIN device ON device.id = device_id WHERE customer_id = ? AND paid < amount
                """, arguments: [customer.number]
        ).compactMap { row in
            CalendarDate(row["due"] as String).map {
                AccessDebt(
                    id: AccessDebtID(row["id"]), device: DeviceID(row["device_id"]), due: $0,
                    open: Money(minor: row["open"]))
            }
        }
    }

    /// The payment plan of a device that was sold on instalments; empty when there is none.
    package func plan(of device: DeviceID) throws -> [PlanInstalment] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT instalment.* FROM instalment JOIN sale ON sale.id = sale_id WHERE device_id = ? ORDER BY due, instalment.id
                """, arguments: [device.number])
        let due = rows.compactMap { CalendarDate($0["due"] as String) }
        guard due.count == rows.count else { return [] }
        return zip(zip(rows, due), InstalmentPlan.gaps(of: due)).map { pair, gap in
            PlanInstalment(
                id: InstalmentID(pair.0["id"]), due: pair.1, cost: Money(minor: pair.0["cost"]),
                paid: Money(minor: pair.0["paid"]), gap: gap)
        }
    }

    /// What an instalment was for, and what is still open of its sale.
    package func sale(of instalment: InstalmentID) throws -> (name: String, open: Money)? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT sale.name, (SELECT SUM(cost - paid) FROM instalment WHERE sale_id = sale.id) AS open FROM sale
                JOIN instalment ON instalment.sale_id = sale.id WHERE instalment.id = ?
                """, arguments: [instalment.number]
        ).map { ($0["name"], Money(minor: $0["open"])) }
    }

    package func openAccess(of customer: CustomerID) throws -> Money { try access(of: customer).map(\.open).sum }

    package func pay(_ amount: Money, on instalment: InstalmentID) throws {
        try database.execute(
            sql: "UPDATE instalment SET paid = paid + ? WHERE id = ? AND paid + ? <= cost",
            arguments: [amount.minor, instalment.number, amount.minor])
        guard database.changesCount == 1 else { throw StoreError.tooMuchPaid }
    }

    package func pay(_ amount: Money, on debt: AccessDebtID) throws {
        try database.execute(
            sql: "UPDATE access_debt SET paid = paid + ? WHERE id = ? AND paid + ? <= amount",
            arguments: [amount.minor, debt.number, amount.minor])
        guard database.changesCount == 1 else { throw StoreError.tooMuchPaid }
    }

    // MARK: Debts as they arise

    /// A sale on instalments, each with its due date and cost.
    package func addSale(
        to customer: CustomerID, device: DeviceID?, name: String, instalments: [(due: CalendarDate, cost: Money)],
        at now: Timestamp
    ) throws {
        try database.execute(
            sql: "INSERT INTO sale (customer_id, device_id, name, created_at) VALUES (?, ?, ?, ?)",
            arguments: [customer.number, device?.number, name, now.milliseconds])
        let sale = transaction.lastRow
        for instalment in instalments {
            try database.execute(
                sql: "INSERT INTO instalment (sale_id, due, cost) VALUES (?, ?, ?)",
                arguments: [sale, instalment.due.description, instalment.cost.minor])
        }
    }

    package func addAccessDebt(of device: DeviceID, due: CalendarDate, amount: Money) throws {
        try database.execute(
            sql: "INSERT INTO access_debt (device_id, due, amount) VALUES (?, ?, ?)",
            arguments: [device.number, due.description, amount.minor])
    }
}

extension Transaction {
    package var debts: DebtRecords { DebtRecords(transaction: self) }
}
