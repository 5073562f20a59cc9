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

    package var customer: CustomerID? {
        switch self {
        case .credit(let id), .instalments(let id), .accessRates(let id), .energySales(let id), .serviceSales(let id),
            .applianceSales(let id):
            id
        case .wallet, .suspense, .accessFees, .cash, .refunds: nil
        }
    }
}
