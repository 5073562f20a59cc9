import Domain
import GRDB

/// The categories of tickets.
extension TicketRecords {
    /// All categories, ordered by name.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func categories() throws -> [Category] {
        try Row.fetchAll(database, sql: "SELECT * FROM category ORDER BY name").map {
            Category(name: $0["name"], colour: $0["colour"], isOutsourced: $0["is_outsourced"])
        }
    }

    /// The category with a name; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func category(named name: String) throws -> Category? {
        try categories().first { $0.name == name }
    }

    /// Stores a category.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func insert(_ category: Category) throws {
        try database.execute(
            sql: "INSERT INTO category (name, colour, is_outsourced) VALUES (?, ?, ?)",
            arguments: [category.name, category.colour, category.isOutsourced])
    }
}
