package struct WalletUseBody: Codable, Sendable {
    package var provider: String
    /// The maximum amount of unproven credits per day.
    package var budget: String?

    package init(provider: String, budget: String?) {
        self.provider = provider
        self.budget = budget
    }
}
