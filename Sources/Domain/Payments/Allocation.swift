/// One line of the allocation of a payment: an amount and its purpose.
package struct Allocation: Sendable, Hashable {
    /// The purpose of an allocation line.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case instalment, access, energy, service, credit
    }

    package var kind: Kind
    /// Negative for used credit, and for a line that undoes an earlier allocation.
    package var amount: Money
    package var instalment: InstalmentID?
    package var accessDebt: AccessDebtID?
    package var servicePlan: ServicePlanID?
    package var device: DeviceID?
    package var energy = Energy(tenths: 0)
    package var days = 0

    package init(kind: Kind, amount: Money) {
        self.kind = kind
        self.amount = amount
    }
}
