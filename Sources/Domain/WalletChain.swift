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

/// What a wallet is known to hold, and which notices follow from it.
///
/// Every balance is followed by one notice only: a copy with another id finds its place taken.
package struct WalletChain: Hashable, Sendable {
    package private(set) var balance: Money

    package init(balance: Money) { self.balance = balance }

    /// Takes up all open notices that follow from the balance, whatever order they came in. Gives them back in the order
    /// of the chain; those without a balance belong to the next one that has one.
    package mutating func take(_ open: [WalletNotice]) -> [WalletNotice] {
        var taken: [WalletNotice] = []
        var rest = open.sorted { ($0.toldAt, $0.id) < ($1.toldAt, $1.id) }
        while let link = next(in: rest) {
            taken += link
            let ids = Set(link.map(\.id))
            rest.removeAll { ids.contains($0.id) }
            balance = link.last?.balance ?? balance
        }
        return taken
    }

    /// The first notice that follows from the balance, behind those without a balance that must lie between.
    private func next(in open: [WalletNotice]) -> [WalletNotice]? {
        let silent = open.filter(\.isSilent)
        var base = balance
        for count in 0...silent.count {
            if count > 0 { base = silent[count - 1].changes.first.map { base + $0 } ?? base }
            for notice in open where !notice.isSilent {
                guard let after = notice.balance(after: base) else { continue }
                return silent.prefix(count) + [notice.settled(at: after)]
            }
        }
        return nil
    }
}
