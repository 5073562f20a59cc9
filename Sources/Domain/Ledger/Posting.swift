/// One side of an entry: positive is debit, negative credit.
package struct Posting: Hashable, Sendable {
    package var account: Account
    package var amount: Money

    package init(_ account: Account, _ amount: Money) {
        self.account = account
        self.amount = amount
    }
}
