import Domain
import Store

package struct WalletUseBody: Codable, Sendable {
    package var provider: String
    /// What may be credited of it in a day without proof, as an amount.
    package var budget: String?

    package init(provider: String, budget: String?) {
        self.provider = provider
        self.budget = budget
    }
}
