import Domain
import Foundation
import GRDB

/// Places, customers and their devices.
package struct RegistryRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    // MARK: Customers and devices

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

    /// Adds a device to a customer. `accessFrom`: the due date of a meter's first access rate, if its tariff has one.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    @discardableResult
    package func add(
        _ device: Device, to customer: CustomerID, accessFrom: CalendarDate? = nil, at now: Timestamp
    ) throws -> DeviceID {
        let key = device.meterKey
        try transaction.run(
            """
            INSERT INTO device (customer_id, kind, serial, manufacturer, token, tariff_id, sgc, krn, kt, ti, ea, base_date,
            paygo_key, paygo_start, paygo_count, paygo_divider, paygo_restricted, paygo_extended, access_next, created_at)
            VALUES (?, ?, ?, ?, ?, (SELECT id FROM tariff WHERE name = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                customer.number, device.kind.rawValue, device.serial.text, device.manufacturer, device.token,
                device.tariff,
                key?.supplyGroup, key?.keyRevision, key?.keyType, key?.tariffIndex, key?.algorithm, key?.baseDate,
                device.paygo?.key, device.paygo?.start, device.paygo?.count, device.paygo?.divider ?? 1,
                device.paygo?.isRestricted ?? false, device.paygo?.isExtended ?? false, accessFrom?.description,
                now.milliseconds,
            ])
        return DeviceID(transaction.lastRow)
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

    /// The device with a serial; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func device(serial: Serial) throws -> Device? {
        try devices(where: "serial = ?", [serial.text]).first
    }

    /// The device with an id; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func device(_ id: DeviceID) throws -> Device? { try devices(where: "device.id = ?", [id.number]).first }

    /// The full names of many customers by their ids.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func names(of customers: [CustomerID]) throws -> [CustomerID: String] {
        try transaction.rows(
            of: customers.map(\.number), by: "id",
            "SELECT id, name || COALESCE(' ' || surname, '') AS name FROM customer WHERE id IN (#)"
        ).reduce(into: [:]) { $0[CustomerID($1.key)] = $1.value.first?["name"] }
    }

    /// The serials of many devices by their ids.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func serials(of devices: [DeviceID]) throws -> [DeviceID: Serial] {
        try transaction.rows(of: devices.map(\.number), by: "id", "SELECT id, serial FROM device WHERE id IN (#)")
            .reduce(into: [:]) { serials, device in
                serials[DeviceID(device.key)] = device.value.first.flatMap { Serial($0["serial"] as String) }
            }
    }

    /// The devices of many customers by their customers.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func devices(ofAll customers: [CustomerID]) throws -> [CustomerID: [Device]] {
        try transaction.rows(
            of: customers.map(\.number), by: "customer_id",
            """
            SELECT device.*, tariff.name AS tariff FROM device LEFT JOIN tariff ON tariff.id = tariff_id
            WHERE customer_id IN (#) ORDER BY device.id
            """
        ).reduce(into: [:]) { $0[CustomerID($1.key)] = try $1.value.map(Device.init) }
    }

    /// The devices of a customer.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func devices(of customer: CustomerID) throws -> [Device] {
        try devices(where: "customer_id = ? ORDER BY device.id", [customer.number])
    }

    private func devices(where condition: String, _ arguments: StatementArguments) throws -> [Device] {
        try transaction.rows(
            "SELECT device.*, tariff.name AS tariff FROM device LEFT JOIN tariff ON tariff.id = tariff_id WHERE \(condition)",
            arguments
        ).map(Device.init)
    }

    /// Records the highest TID issued for a meter; a lower one is ignored.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func setLastIdentifier(_ minutes: Int64, of device: DeviceID) throws {
        try database.execute(
            sql: "UPDATE device SET last_tid = ? WHERE id = ? AND (last_tid IS NULL OR last_tid < ?)",
            arguments: [minutes, device.number, minutes])
    }

    /// Records the count of the newest OpenPAYGO code; a lower one is ignored.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func setCount(_ count: Int, of device: DeviceID) throws {
        try database.execute(
            sql: "UPDATE device SET paygo_count = ? WHERE id = ? AND paygo_count < ?",
            arguments: [count, device.number, count])
    }

    /// Sets when the days of use of a device end.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func setCovered(until moment: Timestamp?, of device: DeviceID) throws {
        try database.execute(
            sql: "UPDATE device SET covered_until = ? WHERE id = ?",
            arguments: [moment?.milliseconds, device.number])
    }

    /// Sets the tariff of a meter.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func setTariff(_ tariff: String, of device: DeviceID) throws {
        try database.execute(
            sql: "UPDATE device SET tariff_id = (SELECT id FROM tariff WHERE name = ?) WHERE id = ?",
            arguments: [tariff, device.number])
    }

    /// The token issuers of all devices: `sts`, `openpaygo` or vendors' ids.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func tokenKinds() throws -> Set<String> {
        Set(try String.fetchAll(database, sql: "SELECT DISTINCT token FROM device"))
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

extension Device {
    init(row: Row) throws {
        guard let serial = Serial(row["serial"] as String) else {
            throw StoreError.unknownValue(row["serial"], column: "device.serial", row: row["id"])
        }
        var meterKey: MeterKeyParameters?
        if let sgc = row["sgc"] as String?, let krn = row["krn"] as Int?, let ea = row["ea"] as Int?,
            let baseDate = row["base_date"] as Int?
        {
            meterKey = MeterKeyParameters(
                supplyGroup: sgc, keyRevision: krn, keyType: row["kt"] as Int? ?? 2,
                tariffIndex: row["ti"] as Int? ?? 1,
                algorithm: ea, baseDate: baseDate)
        }
        self.init(
            kind: try row.known("kind", of: "device"), serial: serial, manufacturer: row["manufacturer"],
            token: row["token"], tariff: row["tariff"],
            meterKey: meterKey,
            paygo: (row["paygo_key"] as String?).map {
                var paygo = PaygoParameters(key: $0, start: row["paygo_start"], count: row["paygo_count"] as Int? ?? 0)
                paygo.divider = row["paygo_divider"]
                paygo.isRestricted = row["paygo_restricted"]
                paygo.isExtended = row["paygo_extended"]
                return paygo
            })
        id = DeviceID(row["id"])
        customer = CustomerID(row["customer_id"])
        lastIdentifier = row["last_tid"]
        coveredUntil = (row["covered_until"] as Int64?).map(Timestamp.init(milliseconds:))
    }
}

extension Transaction {
    package var registry: RegistryRecords { RegistryRecords(transaction: self) }
}
