/// An SMSC that has sent texts of a provider.
package struct WalletSMSC: Sendable, Hashable {
    package let provider: String
    package let number: String
    package let firstSeen: Timestamp
    package let lastSeen: Timestamp
    package let messages: Int
    /// Whether the SMSC is trusted for the provider.
    package let isKnown: Bool

    package init(
        provider: String, number: String, firstSeen: Timestamp, lastSeen: Timestamp, messages: Int, isKnown: Bool
    ) {
        self.provider = provider
        self.number = number
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.messages = messages
        self.isKnown = isKnown
    }
}
