import Domain

/// The settings of payment verification.
package struct TrustSettings: Sendable {
    package enum SMSCs: Sendable, Hashable {
        /// SMSCs of messages that close an anchored chain, and those that staff trust.
        case learnt
        /// SMSCs by provider; those of providers that are not listed are learnt.
        case listed([String: [String]])
    }

    package var smscs = SMSCs.learnt
    /// How long to wait for the message that closes the chain.
    package var chainWait: Duration = .seconds(600)
    /// Maximum amount of unproven credits per wallet and day.
    package var unverifiedLimit: Money
    /// How long after a gap in the chain opened unproven credits are still possible.
    package var longestGap: Duration = .seconds(3 * 86_400)
    /// How far the printed time may lie before (`longestDelay`) or after (`longestLead`) the time of the SMS.
    package var longestDelay: Duration = .seconds(86_400)
    package var longestLead: Duration = .seconds(600)
    /// Checks that are turned off, by provider.
    package var disabled: [String: Set<TrustCheck>] = [:]
    /// Checks that are turned off for all providers.
    package var disabledForAll: Set<TrustCheck> = []

    package init(unverifiedLimit: Money) { self.unverifiedLimit = unverifiedLimit }

    func asks(_ check: TrustCheck, of provider: String) -> Bool {
        !disabledForAll.contains(check) && disabled[provider]?.contains(check) != true
    }
}
