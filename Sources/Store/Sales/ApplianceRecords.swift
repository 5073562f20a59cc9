import Domain
import GRDB

/// The catalogue of items sold on instalments.
package struct ApplianceRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// Adds an item to the catalogue.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func insert(_ appliance: Appliance, at now: Timestamp) throws -> ApplianceID {
        try database.execute(
            sql: "INSERT INTO appliance (name, price, remind_before, remind_after, created_at) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                appliance.name, appliance.price.minor, appliance.remindBefore, appliance.remindAfter, now.milliseconds,
            ])
        return ApplianceID(transaction.lastRow)
    }

    /// Changes an item: its price for future sales, and the reminders of all its sales.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func update(_ appliance: Appliance) throws {
        try database.execute(
            sql: "UPDATE appliance SET name = ?, price = ?, remind_before = ?, remind_after = ? WHERE id = ?",
            arguments: [
                appliance.name, appliance.price.minor, appliance.remindBefore, appliance.remindAfter,
                appliance.id.number,
            ])
    }

    /// The item with an id; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func appliance(_ id: ApplianceID) throws -> Appliance? { try appliances("id = ?", [id.number]).first }

    /// The item with a name; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func appliance(named name: String) throws -> Appliance? { try appliances("name = ?", [name]).first }

    /// All items, ordered by name.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func all() throws -> [Appliance] { try appliances("TRUE ORDER BY name", []) }

    private func appliances(_ condition: String, _ arguments: StatementArguments) throws -> [Appliance] {
        try transaction.rows("SELECT * FROM appliance WHERE \(condition)", arguments).map { row in
            var appliance = Appliance(
                name: row["name"], price: Money(minor: row["price"]), remindBefore: row["remind_before"],
                remindAfter: row["remind_after"])
            appliance.id = ApplianceID(row["id"])
            return appliance
        }
    }
}

extension Transaction {
    package var appliances: ApplianceRecords { ApplianceRecords(transaction: self) }
}
