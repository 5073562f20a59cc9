import Domain
import GRDB

/// What a kWh costs, by name.
package struct TariffRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    package func tariff(named name: String) throws -> Tariff? {
        try Row.fetchOne(database, sql: "SELECT * FROM tariff WHERE name = ?", arguments: [name]).map(read)
    }

    package func all() throws -> [Tariff] {
        try Row.fetchAll(database, sql: "SELECT * FROM tariff ORDER BY name").map(read)
    }

    private func read(_ row: Row) throws -> Tariff {
        let id: Int64 = row["id"]
        let components = try Row.fetchAll(
            database, sql: "SELECT name, price FROM tariff_component WHERE tariff_id = ? ORDER BY name", arguments: [id]
        )
        var tariff = Tariff(
            name: row["name"], basePrice: Price(tenThousandths: row["base_price"]),
            components: components.map { .init(name: $0["name"], price: Price(tenThousandths: $0["price"])) },
            accessRate: Money(minor: row["access_rate"]), accessPeriodDays: row["access_period_days"],
            minimumPurchase: Money(minor: row["minimum_purchase"]))
        tariff.id = id
        return tariff
    }

    /// Tariffs in use are not deleted: a meter would have no price.
    package func users(of tariff: Tariff) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT COUNT(*) FROM device WHERE tariff_id = ?", arguments: [tariff.id]) ?? 0
    }

    package func delete(_ tariff: Tariff) throws {
        try database.execute(sql: "DELETE FROM tariff_component WHERE tariff_id = ?", arguments: [tariff.id])
        try database.execute(sql: "DELETE FROM tariff WHERE id = ?", arguments: [tariff.id])
    }

    /// Another price, rate or minimum, from the next purchase and the next accrual on.
    package func update(_ tariff: Tariff) throws {
        try database.execute(
            sql: """
                UPDATE tariff SET base_price = ?, access_rate = ?, access_period_days = ?, minimum_purchase = ? WHERE id = ?
                """,
            arguments: [
                tariff.basePrice.tenThousandths, tariff.accessRate.minor, tariff.accessPeriodDays,
                tariff.minimumPurchase.minor, tariff.id,
            ])
        try database.execute(sql: "DELETE FROM tariff_component WHERE tariff_id = ?", arguments: [tariff.id])
        try add(tariff.components, to: tariff.id)
    }

    /// Its meters' next access rate: on `day` for those that had none, or for none of them.
    package func setAccess(from day: CalendarDate?, ofMetersWith tariff: Tariff) throws {
        try database.execute(
            sql: """
                UPDATE device SET access_next = CASE WHEN ? IS NULL THEN NULL ELSE COALESCE(access_next, ?) END
                WHERE tariff_id = ?
                """, arguments: [day?.description, day?.description, tariff.id])
    }

    package func insert(_ tariff: Tariff) throws {
        try database.execute(
            sql: """
                INSERT INTO tariff (name, base_price, access_rate, access_period_days, minimum_purchase) VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                tariff.name, tariff.basePrice.tenThousandths, tariff.accessRate.minor, tariff.accessPeriodDays,
                tariff.minimumPurchase.minor,
            ])
        try add(tariff.components, to: transaction.lastRow)
    }

    private func add(_ components: [Tariff.Component], to tariff: Int64) throws {
        for component in components {
            try database.execute(
                sql: "INSERT INTO tariff_component (tariff_id, name, price) VALUES (?, ?, ?)",
                arguments: [tariff, component.name, component.price.tenThousandths])
        }
    }
}

extension Transaction {
    package var tariffs: TariffRecords { TariffRecords(transaction: self) }
}
