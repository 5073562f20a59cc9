import Admin
import ArgumentParser

/// `gridpost sales add`
struct NewSale: Change {
    static let help = CommandConfiguration(
        commandName: "add", abstract: "Sell an appliance on instalments.",
        discussion:
            "Example: gridpost sales add --customer 3 --appliance \"Solar pump\" --instalments 12 --monthly --first 2026-12-31"
    )

    @Option(help: "The customer's number.")
    var customer: Int64

    @Option(help: "The appliance, by name.")
    var appliance: String

    @Option(help: "The serial of the solar home system or e-bike that is sold with this plan.")
    var device: String?

    @Option(help: "The price, if it is not the list price.")
    var price: String?

    @Option(help: "The down payment, in cash.")
    var down: String?

    @OptionGroup var plan: PlanOptions

    var address: String { "/v1/sales" }

    var body: NewSaleBody {
        var body = NewSaleBody(
            customerId: customer, appliance: appliance, interval: plan.interval.rawValue, firstDue: plan.first)
        body.serial = device
        body.price = price
        body.downPayment = down
        body.instalments = plan.instalments
        body.instalmentAmount = plan.each
        return body
    }

    func show(_ sale: SaleView) { SaleDetail.show(sale) }
}
