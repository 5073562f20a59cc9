/// An account of the ledger.
package enum Account: Hashable, Sendable {
    /// Money in the company's wallet at a provider.
    case wallet(provider: String)
    /// Money received for an unknown device: held, not allocated.
    case suspense
    /// Credit of a customer.
    case credit(CustomerID)
    /// Debt of a customer for sales, and for delivered tokens whose payment was reversed.
    case instalments(CustomerID)
    /// Debt of a customer for access rates that fell due.
    case accessRates(CustomerID)
    case energySales(CustomerID)
    case serviceSales(CustomerID)
    case applianceSales(CustomerID)
    /// Revenue from access rates that fell due.
    case accessFees
    /// Down payments, which staff received in cash.
    case cash
    /// Money that was sent back to payers.
    case refunds

    /// The account's name as stored; customers share the name of their account.
    package var name: String {
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

    /// The customer that the account belongs to; `nil` for the company's own accounts.
    package var customer: CustomerID? {
        switch self {
        case .credit(let id), .instalments(let id), .accessRates(let id), .energySales(let id), .serviceSales(let id),
            .applianceSales(let id):
            id
        case .wallet, .suspense, .accessFees, .cash, .refunds: nil
        }
    }
}
