/// The known balance of a wallet, which determines the notices that follow from it.
///
/// Only one notice can follow from each balance, so a copy with another id is not taken.
package struct WalletChain: Hashable, Sendable {
    package private(set) var balance: Money

    package init(balance: Money) { self.balance = balance }

    /// Takes all open notices that follow from the balance, in whatever order they arrived. Returns them in the order
    /// of the chain; notices without a balance come before the next one that has a balance.
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

    /// The first notice that follows from the balance, with the notices without a balance that must come before it.
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
