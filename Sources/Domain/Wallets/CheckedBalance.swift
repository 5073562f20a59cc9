/// A balance that a wallet itself stated, and the way back from it: the notices that lead to it.
///
/// A forger knows neither the balance nor the balances before it, so a notice on the way is proved.
package struct CheckedBalance: Hashable, Sendable {
    /// The possible balances before the earliest notice found; at first the checked balance itself.
    package private(set) var openings: Set<Money>
    /// The provider's time of the earliest notice found; at first the latest that the balance can include.
    package private(set) var before: Timestamp

    /// Some texts print the minute only and others no time at all, so their order may differ from their times by this.
    private static let disorder = Duration.seconds(60)
    /// After so many copies the way ends: somebody floods the wallet.
    private static let mostCopies = 50

    package init(openings: Set<Money>, before: Timestamp) {
        self.openings = openings
        self.before = before
    }

    /// Whether a notice would be the first one found.
    package func isReached(by notice: WalletNotice) -> Bool {
        notice.balance.map(openings.contains) == true && !notice.isStatement && notice.toldAt <= before
    }

    /// Walks back over the notices, the last one first, and returns those that lead to the balance.
    ///
    /// Of several texts with the same balance the way must reach all, or only one of them moved money and the others are
    /// copies or forgeries: then the one that is a link of the chain already is taken. If none is, nothing says which,
    /// and the way ends there.
    package mutating func explain(_ notices: [WalletNotice]) -> [WalletNotice] {
        let known = notices.filter { $0.balance != nil && $0.toldAt <= before }
        let statements = known.filter(\.isStatement)
        let moves = Dictionary(grouping: known.filter { !$0.isStatement }) { $0.balance }
            .mapValues { $0.sorted { ($0.toldAt, $0.id) > ($1.toldAt, $1.id) } }
        var copies: Set<Int64> = []
        while true {
            let way = walk(moves, without: copies)
            let reached = Set(way.map(\.id))
            let doubtful = way.firstIndex { notice in
                let twins = moves[notice.balance] ?? []
                return !notice.isLink && twins.contains { !reached.contains($0.id) && !copies.contains($0.id) }
            }
            guard let doubtful else { return go(way, statements) }
            let twins = moves[way[doubtful].balance] ?? []
            guard copies.count < Self.mostCopies, twins.contains(where: { $0.isLink && !reached.contains($0.id) })
            else {
                return go(Array(way.prefix(doubtful)), statements)
            }
            copies.insert(way[doubtful].id)
        }
    }

    /// The longest way back without some notices.
    private func walk(_ moves: [Money?: [WalletNotice]], without copies: Set<Int64>) -> [WalletNotice] {
        var (openings, limit) = (openings, before)
        var way: [WalletNotice] = []
        var used = copies
        while let next = openings.flatMap({ moves[$0] ?? [] }).filter({ $0.toldAt <= limit && !used.contains($0.id) })
            .max(by: { ($0.toldAt, $0.id) < ($1.toldAt, $1.id) }), let balance = next.balance
        {
            way.append(next)
            used.insert(next.id)
            openings = Set(next.changes.map { balance - $0 })
            limit = min(limit, next.toldAt.adding(Self.disorder))
        }
        return way
    }

    /// Goes back by a way, and returns it with the texts that only tell a balance on it.
    private mutating func go(_ way: [WalletNotice], _ statements: [WalletNotice]) -> [WalletNotice] {
        var passed = openings
        for notice in way {
            guard let balance = notice.balance else { continue }
            openings = Set(notice.changes.map { balance - $0 })
            before = min(before, notice.toldAt)
            passed.formUnion(openings)
        }
        return way + statements.filter { $0.balance.map(passed.contains) ?? false }
    }
}
