/// A provider's notice as a link of the chain of a wallet's balances.
package struct WalletNotice: Hashable, Sendable {
    package let id: Int64
    /// The wallet's balance after the notice; `nil` if the text has none or can be read in several ways.
    package let balance: Money?
    /// The possible balances after the notice, if the text can be read in several ways.
    package let candidates: [Money]
    /// The possible changes of the balance, the most likely first: texts do not always say who paid a fee.
    package let changes: [Money]
    /// The provider's time of the transaction; notices may arrive in another order.
    package let toldAt: Timestamp
    /// Whether it is a proved link of the chain already.
    package let isLink: Bool
    /// The payment that it is about.
    package let payment: PaymentID?
    /// When the gateway received it; the provider's time is as the text says, which a forger may choose.
    package let receivedAt: Timestamp

    package init(
        id: Int64, balance: Money?, candidates: [Money] = [], changes: [Money], toldAt: Timestamp,
        isLink: Bool = false, payment: PaymentID? = nil, receivedAt: Timestamp? = nil
    ) {
        self.id = id
        self.balance = balance
        self.candidates = candidates
        self.changes = changes
        self.toldAt = toldAt
        self.isLink = isLink
        self.payment = payment
        self.receivedAt = receivedAt ?? toldAt
    }

    /// Whether the text tells a balance and no movement of money.
    package var isStatement: Bool { !changes.isEmpty && changes.allSatisfy { $0 == .zero } }

    /// Whether the text has no balance.
    package var isSilent: Bool { balance == nil && candidates.isEmpty }

    /// The balance after this notice if it was `base` before; `nil` if the notice does not follow from `base`, or
    /// follows with two different balances.
    package func balance(after base: Money) -> Money? {
        let possible = Set(balance.map { [$0] } ?? candidates)
        let closing = Set(changes.map { base + $0 }).intersection(possible)
        return closing.count == 1 ? closing.first : nil
    }

    /// Whether both claim the same movement of money for different payments: one of them is a copy or a forgery.
    package func contradicts(_ other: WalletNotice) -> Bool {
        guard let payment, let another = other.payment else { return false }
        return payment != another
    }

    /// The same notice with its balance determined.
    func settled(at balance: Money) -> WalletNotice {
        WalletNotice(
            id: id, balance: balance, changes: changes, toldAt: toldAt, isLink: isLink, payment: payment,
            receivedAt: receivedAt)
    }
}
