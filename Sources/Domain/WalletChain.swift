/// A provider's notice as a link in the chain of a wallet's balances.
package struct WalletNotice: Hashable, Sendable {
    package let id: Int64
    /// What the wallet held afterwards; `nil` where the text does not say.
    package let balance: Money?
    /// By what the wallet may have changed, the most likely first: texts do not always say who paid a fee.
    package let changes: [Money]
    /// When the provider says that it was; texts overtake each other.
    package let toldAt: Timestamp

    package init(id: Int64, balance: Money?, changes: [Money], toldAt: Timestamp) {
        self.id = id
        self.balance = balance
        self.changes = changes
        self.toldAt = toldAt
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
            rest.removeAll { link.contains($0) }
            balance = link.last?.balance ?? balance
        }
        return taken
    }

    /// The first notice that follows from the balance, behind those without a balance that must lie between.
    private func next(in open: [WalletNotice]) -> [WalletNotice]? {
        let silent = open.filter { $0.balance == nil }
        var base = balance
        for count in 0...silent.count {
            if count > 0 { base = silent[count - 1].changes.first.map { base + $0 } ?? base }
            let follower = open.first { notice in
                guard let after = notice.balance else { return false }
                return notice.changes.contains { base + $0 == after }
            }
            if let follower { return silent.prefix(count) + [follower] }
        }
        return nil
    }
}
