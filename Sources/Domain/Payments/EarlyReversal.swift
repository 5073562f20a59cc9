/// A reversal notice that arrived before the notice of its payment.
package struct EarlyReversal: Sendable, Hashable {
    package let provider: String
    package let transactionID: String
    /// `nil` if the notice has no amount.
    package let amount: Money?
    package let message: InboxMessageID?
    /// Whether an anchored chain proves the reversal.
    package let isProved: Bool

    package init(provider: String, transactionID: String, amount: Money?, message: InboxMessageID?, isProved: Bool) {
        self.provider = provider
        self.transactionID = transactionID
        self.amount = amount
        self.message = message
        self.isProved = isProved
    }
}
