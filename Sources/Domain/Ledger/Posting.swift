/// One side of a ledger entry: a positive amount is a debit, a negative one a credit.
package struct Posting: Hashable, Sendable {
    package var account: Account
    package var amount: Money

    package init(_ account: Account, _ amount: Money) {
        self.account = account
        self.amount = amount
    }
}
