package struct WalletSMSCBody: Codable, Sendable {
    package var provider: String
    package var number: String
    /// False withdraws the trust; true if absent.
    package var trusted: Bool?

    package init(provider: String, number: String, trusted: Bool?) {
        self.provider = provider
        self.number = number
        self.trusted = trusted
    }
}
