import Domain
import GRDB

/// The double-entry ledger. Entries are added and never changed.
package struct LedgerRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// Books an entry; postings of zero are left out.
    /// - Throws: `StoreError.unbalanced` if the amounts do not add up to 0; `.unavailable` if the database cannot be
    ///   written.
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

    /// The credit of each of many customers; customers without credit postings are left out.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func credits(of customers: [CustomerID]) throws -> [CustomerID: Money] {
        try transaction.rows(
            of: customers.map(\.number), by: "customer_id",
            """
            SELECT customer_id, SUM(amount) AS amount FROM posting WHERE account = 'credit' AND customer_id IN (#)
            GROUP BY customer_id
            """
        ).reduce(into: [:]) { credits, customer in
            credits[CustomerID(customer.key)] = customer.value.first.map { Money(minor: -($0["amount"] as Int64)) }
        }
    }

    /// The credit of a customer.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func credit(of customer: CustomerID) throws -> Money {
        let balance = try Int64.fetchOne(
            database, sql: "SELECT COALESCE(SUM(amount), 0) FROM posting WHERE customer_id = ? AND account = 'credit'",
            arguments: [customer.number])
        return Money(minor: -(balance ?? 0))
    }

    /// The balance of each account.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
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
