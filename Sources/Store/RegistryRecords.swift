import Domain
import Foundation
import GRDB

package struct Tariff: Sendable, Hashable, Codable {
    package var id: Int64 = 0
    package var name: String
    package var basePrice: Price
    package var components: [Component]
    package var accessRate: Money
    package var accessPeriodDays: Int
    package var minimumPurchase: Money

    package struct Component: Sendable, Hashable, Codable {
        package var name: String
        package var price: Price

        package init(name: String, price: Price) {
            self.name = name
            self.price = price
        }
    }

    package init(
        name: String, basePrice: Price, components: [Component], accessRate: Money, accessPeriodDays: Int,
        minimumPurchase: Money
    ) {
        self.name = name
        self.basePrice = basePrice
        self.components = components
        self.accessRate = accessRate
        self.accessPeriodDays = accessPeriodDays
        self.minimumPurchase = minimumPurchase
    }

    /// What one kWh costs: the base and all components.
    package var price: Price { components.reduce(basePrice) { $0 + $1.price } }
}

package struct Customer: Sendable, Hashable {
    package var id = CustomerID(0)
    package var name: String
    package var surname: String?
    package var language: String?
    package var cluster: String
    package var miniGrid: String
    package var village: String
    package var connectionGroup: String?
    package var connectionType: String?
    package var phones: [PhoneNumber]
    package var createdAt: Timestamp

    package init(
        name: String, surname: String?, language: String?, cluster: String, miniGrid: String, village: String,
        connectionGroup: String?, connectionType: String?, phones: [PhoneNumber], createdAt: Timestamp
    ) {
        self.name = name
        self.surname = surname
        self.language = language
        self.cluster = cluster
        self.miniGrid = miniGrid
        self.village = village
        self.connectionGroup = connectionGroup
        self.connectionType = connectionType
        self.phones = phones
        self.createdAt = createdAt
    }

    package var fullName: String { surname.map { "\(name) \($0)" } ?? name }
}

/// What an STS meter's key is named by.
package struct MeterKeyRow: Sendable, Hashable {
    package var supplyGroup: String
    package var keyRevision: Int
    package var keyType: Int
    package var tariffIndex: Int
    package var algorithm: Int
    package var baseDate: Int

    package init(supplyGroup: String, keyRevision: Int, keyType: Int, tariffIndex: Int, algorithm: Int, baseDate: Int) {
        self.supplyGroup = supplyGroup
        self.keyRevision = keyRevision
        self.keyType = keyType
        self.tariffIndex = tariffIndex
        self.algorithm = algorithm
        self.baseDate = baseDate
    }
}

package struct PaygoRow: Sendable, Hashable {
    package var key: String
    package var start: Int64?
    package var count: Int

    package init(key: String, start: Int64?, count: Int) {
        self.key = key
        self.start = start
        self.count = count
    }
}

package struct Device: Sendable, Hashable {
    package var id = DeviceID(0)
    package var customer = CustomerID(0)
    package var kind: DeviceKind
    package var serial: Serial
    package var manufacturer: String?
    /// `sts`, `openpaygo` or a vendor's id.
    package var token: String
    package var tariff: String?
    package var meterKey: MeterKeyRow?
    /// The highest TID ever issued.
    package var lastIdentifier: Int64?
    package var paygo: PaygoRow?
    package var daysGranted = 0

    package init(
        kind: DeviceKind, serial: Serial, manufacturer: String?, token: String, tariff: String?, meterKey: MeterKeyRow?,
        paygo: PaygoRow?
    ) {
        self.kind = kind
        self.serial = serial
        self.manufacturer = manufacturer
        self.token = token
        self.tariff = tariff
        self.meterKey = meterKey
        self.paygo = paygo
    }
}

/// Places, tariffs, customers and their devices.
package struct RegistryRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    // MARK: Tariffs

    package func tariff(named name: String) throws -> Tariff? {
        try Row.fetchOne(database, sql: "SELECT * FROM tariff WHERE name = ?", arguments: [name]).map(tariff)
    }

    package func tariffs() throws -> [Tariff] {
        try Row.fetchAll(database, sql: "SELECT * FROM tariff ORDER BY name").map(tariff)
    }

    private func tariff(_ row: Row) throws -> Tariff {
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

    package func insert(_ tariff: Tariff) throws {
        try database.execute(
            sql: """
                INSERT INTO tariff (name, base_price, access_rate, access_period_days, minimum_purchase) VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                tariff.name, tariff.basePrice.tenThousandths, tariff.accessRate.minor, tariff.accessPeriodDays,
                tariff.minimumPurchase.minor,
            ])
        let id = transaction.lastRow
        for component in tariff.components {
            try database.execute(
                sql: "INSERT INTO tariff_component (tariff_id, name, price) VALUES (?, ?, ?)",
                arguments: [id, component.name, component.price.tenThousandths])
        }
    }

    // MARK: Customers and devices

    /// A customer and the first device are registered together. Places named for the first time are created.
    @discardableResult
    package func register(_ customer: Customer, _ device: Device) throws -> CustomerID {
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
        try add(device, to: id, at: customer.createdAt)
        return id
    }

    package func add(_ device: Device, to customer: CustomerID, at now: Timestamp) throws {
        let key = device.meterKey
        try transaction.run(
            """
            INSERT INTO device (customer_id, kind, serial, manufacturer, token, tariff_id, sgc, krn, kt, ti, ea, base_date,
            paygo_key, paygo_start, paygo_count, created_at)
            VALUES (?, ?, ?, ?, ?, (SELECT id FROM tariff WHERE name = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                customer.number, device.kind.rawValue, device.serial.text, device.manufacturer, device.token,
                device.tariff,
                key?.supplyGroup, key?.keyRevision, key?.keyType, key?.tariffIndex, key?.algorithm, key?.baseDate,
                device.paygo?.key, device.paygo?.start, device.paygo?.count, now.milliseconds,
            ])
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

    /// The cluster of a mini-grid that exists already.
    package func cluster(ofMiniGrid name: String) throws -> String? {
        try String.fetchOne(
            database,
            sql: "SELECT cluster.name FROM mini_grid JOIN cluster ON cluster.id = cluster_id WHERE mini_grid.name = ?",
            arguments: [name])
    }

    package func customer(_ id: CustomerID) throws -> Customer? {
        try customers(where: "customer.id = ?", [id.number]).first
    }

    package func customers(phone: PhoneNumber) throws -> [Customer] {
        try customers(where: "customer.id IN (SELECT customer_id FROM customer_phone WHERE phone = ?)", [phone.e164])
    }

    /// In order of their numbers, after `after`; `search` looks into names, phones, serials and places.
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
        try transaction.rows(
            """
            SELECT customer.*, village.name AS village, mini_grid.name AS mini_grid, cluster.name AS cluster FROM customer
            JOIN village ON village.id = village_id JOIN mini_grid ON mini_grid.id = mini_grid_id
            JOIN cluster ON cluster.id = cluster_id WHERE \(condition)
            """, arguments
        ).map { row in
            let id: Int64 = row["id"]
            let phones = try String.fetchAll(
                database, sql: "SELECT phone FROM customer_phone WHERE customer_id = ? ORDER BY rowid", arguments: [id])
            var customer = Customer(
                name: row["name"], surname: row["surname"], language: row["language"], cluster: row["cluster"],
                miniGrid: row["mini_grid"], village: row["village"], connectionGroup: row["connection_group"],
                connectionType: row["connection_type"], phones: phones.compactMap { PhoneNumber(e164: $0) },
                createdAt: Timestamp(milliseconds: row["created_at"]))
            customer.id = CustomerID(id)
            return customer
        }
    }

    package func device(serial: Serial) throws -> Device? {
        try devices(where: "serial = ?", [serial.text]).first
    }

    package func device(_ id: DeviceID) throws -> Device? { try devices(where: "device.id = ?", [id.number]).first }

    package func devices(of customer: CustomerID) throws -> [Device] {
        try devices(where: "customer_id = ? ORDER BY device.id", [customer.number])
    }

    private func devices(where condition: String, _ arguments: StatementArguments) throws -> [Device] {
        try transaction.rows(
            "SELECT device.*, tariff.name AS tariff FROM device LEFT JOIN tariff ON tariff.id = tariff_id WHERE \(condition)",
            arguments
        ).compactMap(Device.init)
    }

    /// Notes the highest TID ever issued for a meter; it never goes down.
    package func setLastIdentifier(_ minutes: Int64, of device: DeviceID) throws {
        try database.execute(
            sql: "UPDATE device SET last_tid = ? WHERE id = ? AND (last_tid IS NULL OR last_tid < ?)",
            arguments: [minutes, device.number, minutes])
    }

    package func counts() throws -> (customers: Int, devices: Int) {
        let row = try Row.fetchOne(
            database,
            sql: "SELECT (SELECT COUNT(*) FROM customer) AS customers, (SELECT COUNT(*) FROM device) AS devices")
        return (row?["customers"] ?? 0, row?["devices"] ?? 0)
    }
}

extension Device {
    init?(row: Row) {
        guard let kind = DeviceKind(rawValue: row["kind"]), let serial = Serial(row["serial"] as String) else {
            return nil
        }
        var meterKey: MeterKeyRow?
        if let sgc = row["sgc"] as String?, let krn = row["krn"] as Int?, let ea = row["ea"] as Int?,
            let baseDate = row["base_date"] as Int?
        {
            meterKey = MeterKeyRow(
                supplyGroup: sgc, keyRevision: krn, keyType: row["kt"] as Int? ?? 2,
                tariffIndex: row["ti"] as Int? ?? 1,
                algorithm: ea, baseDate: baseDate)
        }
        self.init(
            kind: kind, serial: serial, manufacturer: row["manufacturer"], token: row["token"], tariff: row["tariff"],
            meterKey: meterKey,
            paygo: (row["paygo_key"] as String?).map {
                PaygoRow(key: $0, start: row["paygo_start"], count: row["paygo_count"] as Int? ?? 0)
            })
        id = DeviceID(row["id"])
        customer = CustomerID(row["customer_id"])
        lastIdentifier = row["last_tid"]
        daysGranted = row["days_granted"]
    }
}

extension Transaction {
    package var registry: RegistryRecords { RegistryRecords(transaction: self) }
}
