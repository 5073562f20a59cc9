import Domain

/// What is asked of a provider's notice before its money counts.
package enum TrustCheck: String, Sendable, CaseIterable {
    /// The SMSC is one of the provider's.
    case smsc = "smsc"
    /// The provider's time is near the time of the SMS.
    case time
    /// The new balance follows from what the wallet was known to hold.
    case chain
    /// The new balance is not below the amount, and a date inside the id agrees with the text.
    case plausibility
    /// The amount is not above the provider's ceiling and the operator's own.
    case ceiling
}

package struct TrustSettings: Sendable {
    package enum SMSCs: Sendable, Hashable {
        /// The centres of texts that close an anchored chain, and those that staff trust.
        case learnt
        /// By provider; those of the others are learnt.
        case listed([String: [String]])
    }

    package var smscs = SMSCs.learnt
    /// How long a text is waited for that closes the chain.
    package var chainWait: Duration = .seconds(600)
    /// What is credited of one wallet in a day although nothing proves it.
    package var unverifiedLimit: Money
    /// How long an open gap in the chain may draw on that.
    package var longestGap: Duration = .seconds(3 * 86_400)
    /// How far back of the SMS, and how far ahead, a provider's time may lie.
    package var longestDelay: Duration = .seconds(86_400)
    package var longestLead: Duration = .seconds(600)
    /// Checks that the operator does not want, by provider.
    package var disabled: [String: Set<TrustCheck>] = [:]
    /// Those that the operator wants of no provider.
    package var disabledForAll: Set<TrustCheck> = []

    package init(unverifiedLimit: Money) { self.unverifiedLimit = unverifiedLimit }

    func asks(_ check: TrustCheck, of provider: String) -> Bool {
        !disabledForAll.contains(check) && disabled[provider]?.contains(check) != true
    }
}
