import Domain
import GRDB

/// The devices of customers.
extension RegistryRecords {
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

    /// The device with a serial; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func device(serial: Serial) throws -> Device? {
        try devices(where: "serial = ?", [serial.text]).first
    }

    /// The device with an id; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func device(_ id: DeviceID) throws -> Device? { try devices(where: "device.id = ?", [id.number]).first }

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
}
