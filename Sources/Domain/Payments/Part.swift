/// The part of a payment that is allocated to one debt.
package struct Part<ID: Hashable & Sendable>: Hashable, Sendable {
    package let id: ID
    package let amount: Money

    package init(id: ID, amount: Money) {
        self.id = id
        self.amount = amount
    }
}
