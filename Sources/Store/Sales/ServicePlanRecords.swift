import Domain
import GRDB

/// Service plans of devices.
package struct ServicePlanRecords {
    let transaction: Transaction

    /// The current plan of a device; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func plan(of device: DeviceID) throws -> ServicePlan? {
        try plans("device_id = ? AND ended_at IS NULL", [device.number]).first
    }

    /// The plan with an id, ended or not; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func plan(_ id: ServicePlanID) throws -> ServicePlan? { try plans("id = ?", [id.number]).first }

    private func plans(_ condition: String, _ arguments: StatementArguments) throws -> [ServicePlan] {
        try transaction.rows("SELECT * FROM service_plan WHERE \(condition)", arguments).map { row in
            ServicePlan(
                id: ServicePlanID(row["id"]), device: DeviceID(row["device_id"]),
                pricePerDay: Price(tenThousandths: row["price_per_day"]), paid: Money(minor: row["paid"]),
                daysGranted: row["days_granted"])
        }
    }

    /// Starts a plan and ends the current one, whose paid money has already been granted in whole days.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func start(_ price: Price, for device: DeviceID, at now: Timestamp) throws {
        try end(for: device, at: now)
        try transaction.run(
            "INSERT INTO service_plan (device_id, price_per_day, started_at) VALUES (?, ?, ?)",
            [device.number, price.tenThousandths, now.milliseconds])
    }

    /// Ends the current plan of a device.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func end(for device: DeviceID, at now: Timestamp) throws {
        try transaction.run(
            "UPDATE service_plan SET ended_at = ? WHERE device_id = ? AND ended_at IS NULL",
            [now.milliseconds, device.number])
    }

    /// Adds paid money and granted days to a plan; both are negative when a payment is undone.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func add(_ paid: Money, days: Int, to id: ServicePlanID) throws {
        try transaction.run(
            "UPDATE service_plan SET paid = paid + ?, days_granted = MAX(0, days_granted + ?) WHERE id = ?",
            [paid.minor, days, id.number])
    }
}

extension Transaction {
    package var services: ServicePlanRecords { ServicePlanRecords(transaction: self) }
}
