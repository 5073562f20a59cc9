/// A check on a provider's notice before its money counts.
package enum TrustCheck: String, Sendable, CaseIterable {
    /// The SMSC is one of the provider's.
    case smsc = "smsc"
    /// The printed time is near the time of the SMS.
    case time
    /// The new balance follows from the known balance of the wallet.
    case chain
    /// The new balance is not below the amount, and a date inside the id matches the printed date.
    case plausibility
    /// The amount is not above the provider's ceiling or the company's own.
    case ceiling
}
