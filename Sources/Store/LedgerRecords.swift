import Domain
import GRDB

/// An account of the books.
package enum Account: Hashable, Sendable {
    /// Money in a provider's wallet.
    case wallet(provider: String)
    /// Money that is ours to keep safe and nobody's to use yet.
    case suspense
    /// Money that belongs to a customer.
    case credit(CustomerID)
    /// What customers owe of their sales, and of tokens whose payment was reversed.
    case instalments(CustomerID)
    /// What customers owe of access rates that fell due.
    case accessRates(CustomerID)
    case energySales(CustomerID)
    case serviceSales(CustomerID)
    case applianceSales(CustomerID)
    /// Access rates as they fell due.
    case accessFees
    /// Down payments, which nobody but staff saw.
    case cash
    /// Money that was sent back.
    case refunds

    var name: String {
        switch self {
        case .wallet(let provider): "wallet:\(provider)"
        case .suspense: "suspense"
        case .credit: "credit"
        case .instalments: "instalments"
        case .accessRates: "access_rates"
        case .energySales: "energy_sales"
        case .serviceSales: "service_sales"
        case .applianceSales: "appliance_sales"
        case .accessFees: "access_fees"
        case .cash: "cash"
        case .refunds: "refunds"
        }
    }

    var customer: CustomerID? {
        switch self {
        case .credit(let id), .instalments(let id), .accessRates(let id), .energySales(let id), .serviceSales(let id),
            .applianceSales(let id):
            id
        case .wallet, .suspense, .accessFees, .cash, .refunds: nil
        }
    }
}

/// One side of an entry: positive is debit, negative credit.
package struct Posting: Hashable, Sendable {
    package var account: Account
    package var amount: Money

    package init(_ account: Account, _ amount: Money) {
        self.account = account
        self.amount = amount
    }
}

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
