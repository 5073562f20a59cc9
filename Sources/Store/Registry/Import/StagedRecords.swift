import Domain
import GRDB

/// Moves staged rows to the registry with a fixed number of statements. Use it only within `Store.write(with:_:)`.
package struct StagedRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    // MARK: Changes since the rows were checked

    /// The lines of customers that can no longer be registered, with the reasons.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func refusedCustomers(limit: Int) throws -> [(line: Int, reason: String)] {
        try refusals(
            """
            SELECT s.line AS line, 'there is a device with serial ' || s.serial || ' already' AS reason
            FROM staged_device s JOIN device d ON d.serial = s.serial
            UNION ALL
            SELECT s.line, 'there is no tariff ''' || s.tariff || ''' any more' FROM staged_device s
            WHERE s.tariff IS NOT NULL AND s.tariff NOT IN (SELECT name FROM tariff)
            UNION ALL
            SELECT s.line, 'the mini-grid ''' || s.mini_grid || ''' is in cluster ''' || c.name || '''' FROM staged_customer s
            JOIN mini_grid m ON m.name = s.mini_grid JOIN cluster c ON c.id = m.cluster_id WHERE c.name <> s.cluster
            ORDER BY line LIMIT ?
            """, limit)
    }

    /// The lines of sales whose device has another owner or plan by now, with the reasons.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func refusedSales(limit: Int) throws -> [(line: Int, reason: String)] {
        try refusals(
            """
            SELECT s.line AS line, d.serial || ' has a plan already' AS reason FROM staged_sale s
            JOIN device d ON d.id = s.device_id WHERE d.customer_id <> s.customer_id
            OR EXISTS (SELECT 1 FROM service_plan p WHERE p.device_id = d.id AND p.ended_at IS NULL)
            OR EXISTS (SELECT 1 FROM sale o JOIN instalment i ON i.sale_id = o.id
                WHERE o.device_id = d.id AND o.state = 'open' AND i.is_replaced = 0 AND i.paid < i.cost)
            ORDER BY line LIMIT ?
            """, limit)
    }

    private func refusals(_ sql: String, _ limit: Int) throws -> [(line: Int, reason: String)] {
        try Row.fetchAll(database, sql: sql, arguments: [limit]).map { ($0["line"], $0["reason"]) }
    }

    // MARK: Moving

    /// Registers the customers with their devices. Places that do not exist yet are created.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func registerCustomers(at now: Timestamp) throws {
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO cluster (name) SELECT DISTINCT cluster FROM staged_customer;
                INSERT OR IGNORE INTO mini_grid (cluster_id, name)
                    SELECT DISTINCT c.id, s.mini_grid FROM staged_customer s JOIN cluster c ON c.name = s.cluster;
                INSERT OR IGNORE INTO village (mini_grid_id, name)
                    SELECT DISTINCT m.id, s.village FROM staged_customer s JOIN mini_grid m ON m.name = s.mini_grid;
                """)
        let (customers, devices) = (try last("customer"), try last("device"))
        try database.execute(
            sql: """
                INSERT INTO customer (id, name, surname, language, village_id, connection_group, connection_type, created_at)
                SELECT ? + s.number, s.name, s.surname, s.language, v.id, s.connection_group, s.connection_type, ?
                FROM staged_customer s JOIN mini_grid m ON m.name = s.mini_grid
                JOIN village v ON v.mini_grid_id = m.id AND v.name = s.village ORDER BY s.number
                """, arguments: [customers, now.milliseconds])
        try database.execute(
            sql: "INSERT INTO customer_phone (customer_id, phone) SELECT ? + customer, phone FROM staged_phone",
            arguments: [customers])
        try database.execute(
            sql: """
                INSERT INTO device (id, customer_id, kind, serial, manufacturer, token, tariff_id, sgc, krn, kt, ti, ea,
                base_date, paygo_key, paygo_start, paygo_count, paygo_divider, paygo_restricted, paygo_extended, access_next,
                created_at)
                SELECT ? + s.number, COALESCE(s.customer_id, ? + s.customer), s.kind, s.serial, s.manufacturer, s.token,
                t.id, s.sgc, s.krn, s.kt, s.ti, s.ea, s.base_date, s.paygo_key, s.paygo_start, s.paygo_count,
                s.paygo_divider, s.paygo_restricted, s.paygo_extended, s.access_next, ?
                FROM staged_device s LEFT JOIN tariff t ON t.name = s.tariff ORDER BY s.number
                """, arguments: [devices, customers, now.milliseconds])
        try database.execute(
            sql: """
                INSERT INTO service_plan (device_id, price_per_day, started_at)
                SELECT ? + number, price_per_day, ? FROM staged_device WHERE price_per_day IS NOT NULL ORDER BY number
                """, arguments: [devices, now.milliseconds])
    }

    /// Stores the sales and books them: the debt and the down payment against the price.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func sell(at now: Timestamp) throws {
        let (sales, entries) = (try last("sale"), try last("entry"))
        try database.execute(
            sql: """
                INSERT INTO sale (id, customer_id, device_id, appliance_id, name, price, list_price, down_payment, created_at)
                SELECT ? + number, customer_id, device_id, appliance_id, name, price, list_price, down_payment, ?
                FROM staged_sale ORDER BY number
                """, arguments: [sales, now.milliseconds])
        try database.execute(
            sql: "INSERT INTO instalment (sale_id, due, cost) SELECT ? + sale, due, cost FROM staged_instalment",
            arguments: [sales])
        try database.execute(
            sql: """
                INSERT INTO entry (id, memo, at) SELECT ? + number, 'sale ' || (? + number), ? FROM staged_sale
                ORDER BY number
                """, arguments: [entries, sales, now.milliseconds])
        for (account, hasCustomer, amount) in [
            (Account.instalments(CustomerID(0)), true, "price - down_payment"), (.cash, false, "down_payment"),
            (.applianceSales(CustomerID(0)), true, "-price"),
        ] {
            try database.execute(
                sql: """
                    INSERT INTO posting (entry_id, account, customer_id, amount)
                    SELECT ? + number, ?, CASE WHEN ? THEN customer_id END, \(amount) FROM staged_sale
                    WHERE \(amount) <> 0 ORDER BY number
                    """, arguments: [entries, account.name, hasCustomer])
        }
        try database.execute(
            sql: """
                INSERT INTO event (at, kind, subject, note) SELECT ?, ?, ? + number, 'sold' FROM staged_sale ORDER BY number
                """, arguments: [now.milliseconds, Event.Kind.saleChanged.rawValue, sales])
    }

    private func last(_ table: String) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT MAX(id) FROM \(table)") ?? 0
    }
}

extension Transaction {
    package var staged: StagedRecords { StagedRecords(transaction: self) }
}
