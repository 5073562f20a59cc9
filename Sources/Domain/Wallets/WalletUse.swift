/// A wallet that staff switched on, in addition to those of the configuration.
package struct WalletUse: Sendable, Hashable {
    package let provider: String
    package let since: Timestamp
    /// The budget for unproven credits per day; `nil` means the configuration's limit.
    package let budget: Money?

    package init(provider: String, since: Timestamp, budget: Money?) {
        self.provider = provider
        self.since = since
        self.budget = budget
    }
}
