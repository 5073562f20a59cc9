import Domain

/// What a text from a provider, or one that pretends to be, asks for.
package struct ProviderReading: Sendable {
    package var disposition: Disposition
    package var provider: String?
    package var format: String?
    package var language: String?
    package var fields = PaymentFields()
    /// The provider prints transaction ids, and none was found.
    package var lacksIdentifier = false
    /// Balances that a text may state which can be read in several ways, as decimals.
    package var balanceCandidates: [String] = []
    /// Amounts that such a text may be about.
    package var amountCandidates: [String] = []
    /// The wallet that speaks so, of those that the company does not use.
    package var unusedWallet: String?
    /// Why, for people.
    package var reason: String?

    init(
        _ disposition: Disposition, provider: PaymentProvider? = nil, format: PaymentFormat? = nil,
        reason: String? = nil
    ) {
        self.disposition = disposition
        self.provider = provider?.id
        self.format = format?.id
        language = format?.language
        self.reason = reason
    }

    /// What a text is worth that says the right words and comes the wrong way.
    package static func imitation(
        of reading: ProviderReading, _ disposition: Disposition = .quarantine, reason: String
    ) -> ProviderReading {
        var imitation = reading
        imitation.disposition = disposition
        imitation.reason = reason
        return imitation
    }
}
