/// The known state of one wallet: its balance and the chain of notices behind it.
package struct Wallet: Sendable, Hashable {
    package let key: WalletKey
    /// The balance after the last notice of the chain.
    package let balance: Money
    package let at: Timestamp
    /// The provider's time of the last notice of the chain.
    package let toldAt: Timestamp
    /// When staff confirmed the wallet's balance; `nil` for a chain that is not anchored and so proves nothing.
    package let anchoredAt: Timestamp?
    /// Since when notices do not follow from the balance.
    package let gapAt: Timestamp?
    /// The balance after the notices that follow the gap; it proves nothing.
    package let supposed: Money?

    package var isAnchored: Bool { anchoredAt != nil }

    package init(
        key: WalletKey, balance: Money, at: Timestamp, toldAt: Timestamp, anchoredAt: Timestamp?, gapAt: Timestamp?,
        supposed: Money?
    ) {
        self.key = key
        self.balance = balance
        self.at = at
        self.toldAt = toldAt
        self.anchoredAt = anchoredAt
        self.gapAt = gapAt
        self.supposed = supposed
    }
}
