import Domain
import GRDB

/// The double-entry books. Entries are added, and never changed.
package struct LedgerRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// Books an entry; sides of zero are left out. Throws when it does not balance.
    package func book(_ memo: String, _ postings: [Posting], payment: PaymentID?, at now: Timestamp) throws {
        guard postings.map(\.amount).sum == .zero else { throw StoreError.unbalanced(memo: memo) }
        let sides = postings.filter { $0.amount != .zero }
        guard !sides.isEmpty else { return }
        try database.execute(
            sql: "INSERT INTO entry (payment_id, memo, at) VALUES (?, ?, ?)",
            arguments: [payment?.number, memo, now.milliseconds])
        let entry = transaction.lastRow
        for side in sides {
            try database.execute(
                sql: "INSERT INTO posting (entry_id, account, customer_id, amount) VALUES (?, ?, ?, ?)",
                arguments: [entry, side.account.name, side.account.customer?.number, side.amount.minor])
        }
    }

    /// What the company keeps for a customer.
    package func credit(of customer: CustomerID) throws -> Money {
        let balance = try Int64.fetchOne(
            database, sql: "SELECT COALESCE(SUM(amount), 0) FROM posting WHERE customer_id = ? AND account = 'credit'",
            arguments: [customer.number])
        return Money(minor: -(balance ?? 0))
    }

    /// Every account's balance.
    package func balances() throws -> [(account: String, balance: Money)] {
        try Row.fetchAll(
            database, sql: "SELECT account, SUM(amount) AS balance FROM posting GROUP BY account ORDER BY account"
        )
        .map { ($0["account"], Money(minor: $0["balance"])) }
    }
}

extension Transaction {
    package var ledger: LedgerRecords { LedgerRecords(transaction: self) }
}
