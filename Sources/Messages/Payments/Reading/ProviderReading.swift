import Domain

/// The result of reading a text from a provider, or from a sender that may imitate one.
package struct ProviderReading: Sendable {
    package var disposition: Disposition
    package var provider: String?
    package var format: String?
    package var language: String?
    package var fields = PaymentFields()
    /// The provider prints transaction ids, but the text has none.
    package var lacksIdentifier = false
    /// Possible balances of a text that can be read in several ways, as decimals.
    package var balanceCandidates: [String] = []
    /// Possible amounts of such a text, as decimals.
    package var amountCandidates: [String] = []
    /// The wallet with this originator, if the company does not use it.
    package var unusedWallet: String?
    /// The reason for the disposition, for people.
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

    /// A credit that a wallet reported in another way than by a text.
    package static func credit(of wallet: String, _ fields: PaymentFields) -> ProviderReading {
        var reading = ProviderReading(.credit)
        reading.provider = wallet
        reading.fields = fields
        return reading
    }

    /// A reading for a text with the right words from an untrusted source.
    package static func imitation(
        of reading: ProviderReading, _ disposition: Disposition = .quarantine, reason: String
    ) -> ProviderReading {
        var imitation = reading
        imitation.disposition = disposition
        imitation.reason = reason
        return imitation
    }
}
