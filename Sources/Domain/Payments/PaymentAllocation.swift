/// The allocation of one payment to debts, energy, days and credit.
package struct PaymentAllocation: Hashable, Sendable {
    /// Overdue instalments of sales other than the paid device's plan.
    package var instalments: [Part<InstalmentID>] = []
    package var access: [Part<AccessDebtID>] = []
    /// Instalments of the paid device's own plan.
    package var ownInstalments: [Part<InstalmentID>] = []
    package var energy = Energy(tenths: 0)
    package var energyCost = Money.zero
    /// Money for days of a service plan.
    package var service = Money.zero
    /// Days to grant now; 0 if `unlocks`.
    package var days = 0
    /// Whether the device is paid off and is unlocked permanently.
    package var unlocks = false
    /// Change of the customer's credit; negative if credit was used.
    package var creditChange = Money.zero

    package init() {}

    /// The sum of all parts; equals the amount of the payment.
    package var total: Money {
        instalments.map(\.amount).sum + access.map(\.amount).sum + ownInstalments.map(\.amount).sum + energyCost
            + service + creditChange
    }

    /// Whether the payment needs a token.
    package var makesToken: Bool { energy.tenths > 0 || days > 0 || unlocks }
}
