import Admin
import ArgumentParser
import Domain
import Store

struct SalesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sales", abstract: "Manage sales on instalments.",
        discussion: """
            Examples:
              gridpost sales add --customer 3 --appliance "Solar pump" --down 50000 --instalments 12 --monthly --first 2026-12-31
              gridpost sales add --customer 3 --appliance "SHS 50" --device SHS0001 --each 700 --weekly --first 2026-12-01
              gridpost sales reschedule 7 --instalments 6 --monthly --first 2027-01-15
            """,
        subcommands: [Add.self, List.self, Show.self, Reschedule.self, Cancel.self])

    /// The payment plan of a sale.
    struct PlanOptions: ParsableArguments {
        @Option(help: "The number of instalments; alternatively --each.")
        var instalments: Int?

        @Option(help: "The amount of each instalment; alternatively --instalments.")
        var each: String?

        @Flag(help: "The interval between instalments.")
        var interval: Interval

        @Option(help: "The day when the first instalment is due: YYYY-MM-DD.")
        var first: String

        enum Interval: String, EnumerableFlag {
            case weekly, monthly
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sell an appliance on instalments.",
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
        @OptionGroup var client: ClientOptions

        func run() async throws {
            var body = NewSaleBody(
                customerId: customer, appliance: appliance, interval: plan.interval.rawValue, firstDue: plan.first)
            body.serial = device
            body.price = price
            body.downPayment = down
            body.instalments = plan.instalments
            body.instalmentAmount = plan.each
            try await client.change("/v1/sales", body, as: SaleView.self) { SaleDetail.show($0) }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List sales, newest first.", discussion: "Example: gridpost sales list --customer 3")

        @Option(help: "Only sales to this customer, by number.")
        var customer: Int64?

        @Option(help: "Only sales in this state: \(Sale.State.allCases.map(\.rawValue).joined(separator: ", ")).")
        var state: String?

        @OptionGroup var list: ListOptions
        @OptionGroup var client: ClientOptions

        func run() async throws {
            let query = list.query([("customer", customer.map(String.init)), ("state", state)])
            try await client.ask("/v1/sales" + query, as: PageView<SaleView>.self) { page in
                var table = Table(
                    "NO", "CUSTOMER", "ITEM", "DEVICE", "PRICE", "OUTSTANDING", "OVERDUE", "NEXT DUE", "STATE")
                for sale in page.items {
                    table.add(
                        "\(sale.id)", sale.customer, sale.name, sale.serial ?? "-", sale.price.amount,
                        sale.open.amount, sale.overdue.amount, sale.nextDue ?? "-", sale.state)
                }
                table.show(empty: "no sales")
                list.showNext(page.next)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one sale with its instalments.", discussion: "Example: gridpost sales show 7")

        @Argument(help: "The sale's number.")
        var id: Int64

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/sales/\(id)", as: SaleView.self) { SaleDetail.show($0) }
        }
    }

    struct Reschedule: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replace the unpaid instalments with a new plan.",
            discussion: "Example: gridpost sales reschedule 7 --each 5000 --monthly --first 2027-01-15")

        @Argument(help: "The sale's number.")
        var id: Int64

        @Option(help: "The new total price; at least the amount already paid.")
        var price: String?

        @OptionGroup var plan: PlanOptions
        @OptionGroup var client: ClientOptions

        func run() async throws {
            var body = PlanBody(interval: plan.interval.rawValue, firstDue: plan.first)
            body.instalments = plan.instalments
            body.instalmentAmount = plan.each
            body.price = price
            try await client.change("/v1/sales/\(id)/reschedule", body, as: SaleView.self) { SaleDetail.show($0) }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Cancel a sale: nothing more is due, payments made are kept.",
            discussion: "Example: gridpost sales cancel 7 --reason \"returned\"")

        @Argument(help: "The sale's number.")
        var id: Int64

        @Option(help: "The reason, for the record.")
        var reason: String

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change("/v1/sales/\(id)/cancel", StatedReasonBody(reason: reason), as: SaleView.self) {
                Terminal.say("sale \($0.id) is cancelled")
            }
        }
    }
}
