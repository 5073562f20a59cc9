import Admin
import ArgumentParser

/// `gridpost customers list`
struct CustomerList: Listing {
    static let help = CommandConfiguration(
        commandName: "list", abstract: "List customers, ordered by number.",
        discussion: "Example: gridpost customers list --search Kijiji")
    static let address = "/v1/customers"
    static let columns = ["NO", "NAME", "PHONE", "VILLAGE", "MINI-GRID", "DEVICES", "CREDIT"]
    static let empty = "no customers"

    @Option(help: "A text to find in names, phones, serials and places.")
    var search: String?

    var filter: [(String, String?)] { [("search", search)] }

    static func row(_ customer: CustomerView) -> [String] {
        [
            "\(customer.id)", [customer.name, customer.surname ?? ""].joined(separator: " "),
            customer.phones.first ?? "-", customer.village, customer.miniGrid,
            customer.devices.map(\.serial).joined(separator: " "), customer.credit.amount,
        ]
    }
}
