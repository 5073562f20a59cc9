import Domain
import GRDB

/// Tariffs by name.
package struct TariffRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// The tariff with a name; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func tariff(named name: String) throws -> Tariff? {
        try Row.fetchOne(database, sql: "SELECT * FROM tariff WHERE name = ?", arguments: [name]).map(read)
    }

    /// All tariffs, ordered by name.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
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

    /// The number of devices that use a tariff. A tariff in use must not be deleted, because its meters would have no
    /// price.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func users(of tariff: Tariff) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT COUNT(*) FROM device WHERE tariff_id = ?", arguments: [tariff.id]) ?? 0
    }

    /// Deletes a tariff.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func delete(_ tariff: Tariff) throws {
        try database.execute(sql: "DELETE FROM tariff_component WHERE tariff_id = ?", arguments: [tariff.id])
        try database.execute(sql: "DELETE FROM tariff WHERE id = ?", arguments: [tariff.id])
    }

    /// Changes a tariff, with effect from the next purchase and the next access rate.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
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

    /// Sets the next due date of the access rate to `day` for the tariff's meters without one; `nil` clears it for all.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func setAccess(from day: CalendarDate?, ofMetersWith tariff: Tariff) throws {
        try database.execute(
            sql: """
                UPDATE device SET access_next = CASE WHEN ? IS NULL THEN NULL ELSE COALESCE(access_next, ?) END
                WHERE tariff_id = ?
                """, arguments: [day?.description, day?.description, tariff.id])
    }

    /// Stores a tariff.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
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
