import Domain

/// The default limits of a wallet, unless the company's configuration sets others.
package struct MoneyLimits: Sendable, Hashable {
    /// Payments above this amount are held for staff.
    package let amountCeiling: Money
    /// The daily limit per wallet for unproven credit; the default is about one day of small payments.
    package let unverified: Money
}
