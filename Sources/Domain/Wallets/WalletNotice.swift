/// A provider's notice as a link in the chain of a wallet's balances.
package struct WalletNotice: Hashable, Sendable {
    package let id: Int64
    /// What the wallet held afterwards; `nil` where the text does not say, or can be read in several ways.
    package let balance: Money?
    /// What the wallet may have held afterwards, of a text that can be read with several balances.
    package let candidates: [Money]
    /// By what the wallet may have changed, the most likely first: texts do not always say who paid a fee.
    package let changes: [Money]
    /// When the provider says that it was; texts overtake each other.
    package let toldAt: Timestamp

    package init(id: Int64, balance: Money?, candidates: [Money] = [], changes: [Money], toldAt: Timestamp) {
        self.id = id
        self.balance = balance
        self.candidates = candidates
        self.changes = changes
        self.toldAt = toldAt
    }

    /// The text states no balance at all.
    package var isSilent: Bool { balance == nil && candidates.isEmpty }

    /// What the wallet holds after this notice when it held `base` before; `nil` when the notice does not follow from
    /// that, or follows in two ways that differ.
    package func balance(after base: Money) -> Money? {
        let possible = Set(balance.map { [$0] } ?? candidates)
        let closing = Set(changes.map { base + $0 }).intersection(possible)
        return closing.count == 1 ? closing.first : nil
    }

    /// The same notice, its balance known.
    func settled(at balance: Money) -> WalletNotice {
        WalletNotice(id: id, balance: balance, changes: changes, toldAt: toldAt)
    }
}
