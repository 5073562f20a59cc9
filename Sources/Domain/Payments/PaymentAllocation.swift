/// What a payment's money was used for.
package struct PaymentAllocation: Hashable, Sendable {
    /// Overdue instalments of other sales.
    package var instalments: [Part<InstalmentID>] = []
    package var access: [Part<AccessDebtID>] = []
    /// Instalments of the paid device's own plan.
    package var ownInstalments: [Part<InstalmentID>] = []
    package var energy = Energy(tenths: 0)
    package var energyCost = Money.zero
    /// Money for days of a service.
    package var service = Money.zero
    /// Days to grant now; 0 with `unlocks`.
    package var days = 0
    /// All is paid: the device is opened for good.
    package var unlocks = false
    /// What the customer's credit grows by; negative when credit was used.
    package var creditChange = Money.zero

    package init() {}

    /// Everything together: equals the amount that was divided.
    package var total: Money {
        instalments.map(\.amount).sum + access.map(\.amount).sum + ownInstalments.map(\.amount).sum + energyCost
            + service + creditChange
    }

    package var makesToken: Bool { energy.tenths > 0 || days > 0 || unlocks }
}
