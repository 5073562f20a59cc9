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
