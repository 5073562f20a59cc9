import Domain
import Foundation
import GRDB

/// Places and customers.
package struct RegistryRecords {
    let transaction: Transaction
    var database: Database { transaction.database }

    /// Registers a customer with a first device. Places that do not exist yet are created.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    @discardableResult
    package func register(_ customer: Customer, _ device: Device, accessFrom: CalendarDate? = nil) throws -> CustomerID
    {
        let village = try villageID(customer)
        try transaction.run(
            """
            INSERT INTO customer (name, surname, language, village_id, connection_group, connection_type, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                customer.name, customer.surname, customer.language, village, customer.connectionGroup,
                customer.connectionType,
                customer.createdAt.milliseconds,
            ])
        let id = CustomerID(transaction.lastRow)
        for phone in customer.phones {
            try transaction.run(
                "INSERT INTO customer_phone (customer_id, phone) VALUES (?, ?)", [id.number, phone.e164])
        }
        try add(device, to: id, accessFrom: accessFrom, at: customer.createdAt)
        return id
    }

    private func villageID(_ customer: Customer) throws -> Int64 {
        try transaction.run(
            "INSERT INTO cluster (name) VALUES (?) ON CONFLICT (name) DO NOTHING", [customer.cluster])
        try transaction.run(
            """
            INSERT INTO mini_grid (cluster_id, name) SELECT id, ? FROM cluster WHERE name = ? ON CONFLICT (name) DO NOTHING
            """, [customer.miniGrid, customer.cluster])
        try transaction.run(
            """
            INSERT INTO village (mini_grid_id, name) SELECT id, ? FROM mini_grid WHERE name = ?
            ON CONFLICT (mini_grid_id, name) DO NOTHING
            """, [customer.village, customer.miniGrid])
        return try Int64.fetchOne(
            database,
            sql:
                "SELECT village.id FROM village JOIN mini_grid ON mini_grid.id = mini_grid_id WHERE village.name = ? AND mini_grid.name = ?",
            arguments: [customer.village, customer.miniGrid]) ?? 0
    }

    /// The cluster of an existing mini-grid; `nil` if there is no such mini-grid.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func cluster(ofMiniGrid name: String) throws -> String? {
        try transaction.rows(
            "SELECT cluster.name FROM mini_grid JOIN cluster ON cluster.id = cluster_id WHERE mini_grid.name = ?",
            [name]
        ).first?[0]
    }

    /// The customer with an id; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func customer(_ id: CustomerID) throws -> Customer? {
        try customers(where: "customer.id = ?", [id.number]).first
    }

    /// The customers who use a phone.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func customers(phone: PhoneNumber) throws -> [Customer] {
        try customers(where: "customer.id IN (SELECT customer_id FROM customer_phone WHERE phone = ?)", [phone.e164])
    }

    /// The customer with exactly this full name, these phones and this place; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func customer(named name: String, phones: [PhoneNumber], village: String, miniGrid: String) throws
        -> CustomerID?
    {
        guard let first = phones.first else { return nil }
        // Many customers may share a phone, so only those with this name are compared.
        let same = try transaction.rows(
            """
            SELECT customer.id FROM customer_phone JOIN customer ON customer.id = customer_id
            JOIN village ON village.id = village_id JOIN mini_grid ON mini_grid.id = mini_grid_id
            WHERE phone = ? AND customer.name || COALESCE(' ' || surname, '') = ? AND village.name = ? AND mini_grid.name = ?
            AND (SELECT COUNT(*) FROM customer_phone AS every WHERE every.customer_id = customer.id) = ?
            LIMIT 20
            """, [first.e164, name, village, miniGrid, Set(phones).count])
        for row in same {
            let id: Int64 = row["id"]
            let theirs = try transaction.rows("SELECT phone FROM customer_phone WHERE customer_id = ?", [id])
            if Set(theirs.map { $0["phone"] as String }) == Set(phones.map(\.e164)) { return CustomerID(id) }
        }
        return nil
    }

    /// Customers with ids above `after`, in order of their ids; `search` matches names, phones, serials and places.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func customers(after: Int64, search: String?, limit: Int) throws -> [Customer] {
        let pattern = search.map { "%\($0.replacingOccurrences(of: "%", with: ""))%" }
        return try customers(
            where: """
                customer.id > ? AND (? IS NULL OR customer.name LIKE ? OR customer.surname LIKE ? OR village.name LIKE ?
                OR mini_grid.name LIKE ? OR customer.id IN (SELECT customer_id FROM customer_phone WHERE phone LIKE ?)
                OR customer.id IN (SELECT customer_id FROM device WHERE serial LIKE ?)) ORDER BY customer.id LIMIT ?
                """, [after, pattern, pattern, pattern, pattern, pattern, pattern, pattern, limit])
    }

    private func customers(where condition: String, _ arguments: StatementArguments) throws -> [Customer] {
        let rows = try transaction.rows(
            """
            SELECT customer.*, village.name AS village, mini_grid.name AS mini_grid, cluster.name AS cluster FROM customer
            JOIN village ON village.id = village_id JOIN mini_grid ON mini_grid.id = mini_grid_id
            JOIN cluster ON cluster.id = cluster_id WHERE \(condition)
            """, arguments
        )
        let phones = try transaction.rows(
            of: rows.map { $0["id"] }, by: "customer_id",
            "SELECT customer_id, phone FROM customer_phone WHERE customer_id IN (#) ORDER BY rowid")
        return rows.map { row in
            let id: Int64 = row["id"]
            var customer = Customer(
                name: row["name"], surname: row["surname"], language: row["language"], cluster: row["cluster"],
                miniGrid: row["mini_grid"], village: row["village"], connectionGroup: row["connection_group"],
                connectionType: row["connection_type"],
                phones: (phones[id] ?? []).compactMap { PhoneNumber(e164: $0["phone"] as String) },
                createdAt: Timestamp(milliseconds: row["created_at"]))
            customer.id = CustomerID(id)
            return customer
        }
    }

    /// The full names of many customers by their ids.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func names(of customers: [CustomerID]) throws -> [CustomerID: String] {
        try transaction.rows(
            of: customers.map(\.number), by: "id",
            "SELECT id, name || COALESCE(' ' || surname, '') AS name FROM customer WHERE id IN (#)"
        ).reduce(into: [:]) { $0[CustomerID($1.key)] = $1.value.first?["name"] }
    }

    /// The number of customers and of devices.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func counts() throws -> (customers: Int, devices: Int) {
        let row = try Row.fetchOne(
            database,
            sql: "SELECT (SELECT COUNT(*) FROM customer) AS customers, (SELECT COUNT(*) FROM device) AS devices")
        return (row?["customers"] ?? 0, row?["devices"] ?? 0)
    }
}

extension Transaction {
    package var registry: RegistryRecords { RegistryRecords(transaction: self) }
}
