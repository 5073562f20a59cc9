/// A reversal that came before the payment that it takes back.
package struct EarlyReversal: Sendable, Hashable {
    package let provider: String
    package let transactionID: String
    /// `nil` when the notice did not say.
    package let amount: Money?
    package let message: InboxMessageID?
    /// The chain of balances closed on it.
    package let isProved: Bool

    package init(provider: String, transactionID: String, amount: Money?, message: InboxMessageID?, isProved: Bool) {
        self.provider = provider
        self.transactionID = transactionID
        self.amount = amount
        self.message = message
        self.isProved = isProved
    }
}
