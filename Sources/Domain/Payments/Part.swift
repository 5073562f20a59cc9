/// An amount for one debt.
package struct Part<ID: Hashable & Sendable>: Hashable, Sendable {
    package let id: ID
    package let amount: Money

    package init(id: ID, amount: Money) {
        self.id = id
        self.amount = amount
    }
}
