import Admin
import ArgumentParser
import Domain

/// `gridpost sales list`
struct SaleList: Listing {
    static let help = CommandConfiguration(
        commandName: "list", abstract: "List sales, newest first.",
        discussion: "Example: gridpost sales list --customer 3")
    static let address = "/v1/sales"
    static let columns = [
        "NO", "CUSTOMER", "ITEM", "DEVICE", "PRICE", "OUTSTANDING", "OVERDUE", "NEXT DUE", "STATE",
    ]
    static let empty = "no sales"

    @Option(help: "Only sales to this customer, by number.")
    var customer: Int64?

    @Option(help: "Only sales in this state: \(Sale.State.allCases.map(\.rawValue).joined(separator: ", ")).")
    var state: String?

    var filter: [(String, String?)] { [("customer", customer.map(String.init)), ("state", state)] }

    static func row(_ sale: SaleView) -> [String] {
        [
            "\(sale.id)", sale.customer, sale.name, sale.serial ?? "-", sale.price.amount, sale.open.amount,
            sale.overdue.amount, sale.nextDue ?? "-", sale.state,
        ]
    }
}
