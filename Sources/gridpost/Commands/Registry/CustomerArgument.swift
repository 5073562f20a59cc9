import Admin
import ArgumentParser

struct CustomerArgument: RecordArgument {
    static let showHelp = CommandConfiguration(
        commandName: "show", abstract: "Show one customer with credit, debts and devices.",
        discussion: "Example: gridpost customers show 3")

    @Argument(help: "The customer's number.")
    var number: Int64

    var address: String { "/v1/customers/\(number)" }

    static func show(_ customer: CustomerView) { CustomerDetail.show(customer) }
}
