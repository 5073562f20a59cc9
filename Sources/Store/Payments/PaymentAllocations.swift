import GRDB
import Domain
import Foundation

/// What payments were used for.
extension PaymentRecords {
    /// Adds a line to the current allocation of a payment.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func add(_ allocation: Allocation, to payment: PaymentID) throws {
        try database.execute(
            sql: """
                INSERT INTO allocation (payment_id, kind, amount, instalment_id, access_debt_id, service_plan_id, device_id, energy,
                days, use_number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT times_undone FROM payment WHERE id = ?))
                """,
            arguments: [
                payment.number, allocation.kind.rawValue, allocation.amount.minor, allocation.instalment?.number,
                allocation.accessDebt?.number, allocation.servicePlan?.number, allocation.device?.number,
                allocation.energy.tenths, allocation.days, payment.number,
            ])
    }

    /// All allocation lines of a payment, or only those with the number `use`, which counts from 0 and increases each
    /// time the allocation is undone.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func allocations(of payment: PaymentID, use: Int? = nil) throws -> [Allocation] {
        try transaction.rows(
            "SELECT * FROM allocation WHERE payment_id = ? AND (? IS NULL OR use_number = ?) ORDER BY id",
            [payment.number, use, use]
        ).map { row in
            var allocation = Allocation(
                kind: try row.known("kind", of: "allocation"), amount: Money(minor: row["amount"]))
            allocation.instalment = (row["instalment_id"] as Int64?).map(InstalmentID.init)
            allocation.accessDebt = (row["access_debt_id"] as Int64?).map(AccessDebtID.init)
            allocation.servicePlan = (row["service_plan_id"] as Int64?).map(ServicePlanID.init)
            allocation.device = (row["device_id"] as Int64?).map(DeviceID.init)
            allocation.energy = Energy(tenths: row["energy"])
            allocation.days = row["days"]
            return allocation
        }
    }
}
