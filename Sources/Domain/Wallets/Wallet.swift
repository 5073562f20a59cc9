/// What is known of one wallet.
package struct Wallet: Sendable, Hashable {
    package let key: WalletKey
    /// What the chain of its notices has come to.
    package let balance: Money
    package let at: Timestamp
    /// The provider's time of the last notice in it.
    package let toldAt: Timestamp
    /// When somebody said what the wallet holds; `nil` for a chain that its own texts began, which proves nothing.
    package let anchoredAt: Timestamp?
    /// Since when notices do not follow from the balance.
    package let gapAt: Timestamp?
    /// Where the texts behind the gap have come to; it proves nothing.
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
