/// A wallet that the company switched on, beside those that its configuration lists.
package struct WalletUse: Sendable, Hashable {
    package let provider: String
    package let since: Timestamp
    /// What may be credited without proof in a day; the configuration's limit when `nil`.
    package let budget: Money?

    package init(provider: String, since: Timestamp, budget: Money?) {
        self.provider = provider
        self.since = since
        self.budget = budget
    }
}
