import Domain
import GRDB

/// The instalments of sales.
extension SaleRecords {
    /// All instalments of a sale, replaced ones included, ordered by due date.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func instalments(of sale: SaleID) throws -> [Instalment] { try instalments(ofAll: [sale])[sale] ?? [] }

    /// All instalments of many sales, replaced ones included, each ordered by due date.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func instalments(ofAll sales: [SaleID]) throws -> [SaleID: [Instalment]] {
        try transaction.rows(
            of: sales.map(\.number), by: "sale_id", "SELECT * FROM instalment WHERE sale_id IN (#) ORDER BY due, id"
        ).reduce(into: [:]) { $0[SaleID($1.key)] = $1.value.compactMap(Instalment.init) }
    }

    /// The current plan of a sale, with the days of use that each instalment pays for.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func currentPlan(of sale: SaleID) throws -> [PlanInstalment] {
        let current = try instalments(of: sale).filter { !$0.isReplaced }
        return zip(current, InstalmentPlan.gaps(of: current.map(\.due))).map { instalment, gap in
            PlanInstalment(
                id: instalment.id, due: instalment.due, cost: instalment.cost, paid: instalment.paid, gap: gap)
        }
    }

    /// Unpaid instalments of a customer's sales with due dates before `today`, except those of the sale `plan`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func overdue(of customer: CustomerID, but plan: SaleID?, before today: CalendarDate) throws
        -> [OpenInstalment]
    {
        try transaction.rows(
            """
            SELECT instalment.id, due, cost - paid AS open FROM instalment JOIN sale ON sale.id = sale_id
            WHERE customer_id = ? AND sale_id <> ? AND due < ? AND paid < cost AND is_replaced = 0
            """, [customer.number, plan?.number ?? 0, today.description]
        ).compactMap { row in
            CalendarDate(row["due"] as String).map {
                OpenInstalment(id: InstalmentID(row["id"]), due: $0, outstanding: Money(minor: row["open"]))
            }
        }
    }

    /// A customer's first unpaid instalment that is due on `today` or later.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func nextInstalment(of customer: CustomerID, from today: CalendarDate) throws -> (
        name: String, due: CalendarDate, open: Money
    )? {
        try transaction.rows(
            """
            SELECT sale.name, due, cost - paid AS open FROM instalment JOIN sale ON sale.id = sale_id
            WHERE customer_id = ? AND due >= ? AND paid < cost AND is_replaced = 0 ORDER BY due, instalment.id LIMIT 1
            """, [customer.number, today.description]
        ).first.flatMap { row in
            CalendarDate(row["due"] as String).map { (row["name"], $0, Money(minor: row["open"])) }
        }
    }

    /// The sale of an instalment.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func sale(of instalment: InstalmentID) throws -> Sale? {
        try sales("id = (SELECT sale_id FROM instalment WHERE id = ?)", [instalment.number]).first
    }

    /// The outstanding amount of a sale.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func outstanding(of sale: SaleID) throws -> Money {
        let open = try Int64.fetchOne(
            database,
            sql: "SELECT COALESCE(SUM(cost - paid), 0) FROM instalment WHERE sale_id = ? AND is_replaced = 0",
            arguments: [sale.number])
        return Money(minor: open ?? 0)
    }

    /// Pays an amount on an instalment; a negative amount undoes a payment.
    /// - Throws: `StoreError.tooMuchPaid` if the paid amount would leave 0...cost; `.unavailable`.
    package func pay(_ amount: Money, on instalment: InstalmentID) throws {
        try transaction.run(
            "UPDATE instalment SET paid = paid + ? WHERE id = ? AND paid + ? BETWEEN 0 AND cost",
            [amount.minor, instalment.number, amount.minor])
        guard database.changesCount == 1 else { throw StoreError.tooMuchPaid }
    }
}

extension Instalment {
    fileprivate init?(row: Row) {
        guard let due = CalendarDate(row["due"] as String) else { return nil }
        self.init(
            id: InstalmentID(row["id"]), due: due, cost: Money(minor: row["cost"]), paid: Money(minor: row["paid"]),
            isReplaced: row["is_replaced"])
    }
}
