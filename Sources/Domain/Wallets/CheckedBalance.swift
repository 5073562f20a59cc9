/// A balance that a wallet itself stated, and the way back from it: the notices that lead to it.
///
/// A forger knows neither the balance nor the balances before it, so a notice on the way is proved.
package struct CheckedBalance: Hashable, Sendable {
    /// The possible balances before the earliest notice found; at first the checked balance itself.
    package private(set) var openings: Set<Money>
    /// The provider's time of the earliest notice found; at first the latest that the balance can include.
    package private(set) var before: Timestamp

    package init(openings: Set<Money>, before: Timestamp) {
        self.openings = openings
        self.before = before
    }

    /// Walks back over the notices, the last one first, and returns those that lead to the balance.
    ///
    /// Of several texts in a row with the same balance only one moved money; the others are copies or forgeries. If none
    /// of them is known to be a link, nothing says which, and the way ends there.
    package mutating func explain(_ notices: [WalletNotice]) -> [WalletNotice] {
        let known = notices.filter { $0.balance != nil && $0.toldAt <= before }
            .sorted { ($0.toldAt, $0.id) > ($1.toldAt, $1.id) }
        let (statements, moves) = (known.filter(\.isStatement), known.filter { !$0.isStatement })
        var passed = openings
        var found: [WalletNotice] = []
        var rest = moves[...]
        while let index = rest.firstIndex(where: leadsHere), let balance = rest[index].balance {
            rest = rest[index...]
            let alike = rest.prefix { $0.balance == balance }
            let links = alike.filter(\.isClosed)
            guard alike.count == 1 || links.count == 1, let notice = links.first ?? alike.first else { break }
            found.append(notice)
            rest = rest.dropFirst(alike.count)
            openings = Set(notice.changes.map { balance - $0 })
            before = notice.toldAt
            passed.formUnion(openings)
        }
        return found + statements.filter { $0.balance.map(passed.contains) ?? false }
    }

    private func leadsHere(_ notice: WalletNotice) -> Bool { notice.balance.map(openings.contains) ?? false }
}
