/// The known balance of a wallet, which determines the notices that follow from it.
///
/// Only one notice can follow from each balance, so a copy with another id is not taken.
package struct WalletChain: Hashable, Sendable {
    package private(set) var balance: Money

    /// Some texts print the minute only, so their order may differ from their times by this.
    private static let disorder = Duration.seconds(60)

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
            let following = open.filter { !$0.isSilent }.compactMap { notice in
                notice.balance(after: base).map(notice.settled)
            }
            guard let notice = following.first(where: \.isLink) ?? following.first else { continue }
            // Nothing says which of two open texts moved the money.
            guard
                notice.isLink || !following.contains(where: { $0.balance == notice.balance && $0.contradicts(notice) })
            else { return nil }
            return Self.proved(silent, count, before: notice) + [notice]
        }
        return nil
    }

    /// The notices without a balance that a notice proves, which follows if `count` of them came before it. A forged one
    /// could take the place of a true one, or two forged ones cancel each other, so it proves all that were told until
    /// then or none.
    private static func proved(_ silent: [WalletNotice], _ count: Int, before notice: WalletNotice) -> [WalletNotice] {
        let told = silent.filter { $0.toldAt <= notice.toldAt.adding(disorder) }
        let isSure = told.count == count && told.allSatisfy { $0.changes.first?.isPositive == true }
        return isSure ? told : []
    }
}
