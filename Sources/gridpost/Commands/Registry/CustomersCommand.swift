import Admin
import ArgumentParser

struct CustomersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customers", abstract: "List and show customers.", subcommands: [List.self, Show.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List customers, ordered by number.",
            discussion: "Example: gridpost customers list --search Kijiji")

        @Option(help: "A text to find in names, phones, serials and places.")
        var search: String?

        @OptionGroup var list: ListOptions
        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/customers" + list.query([("search", search)]), as: PageView<CustomerView>.self) {
                page in
                var table = Table("NO", "NAME", "PHONE", "VILLAGE", "MINI-GRID", "DEVICES", "CREDIT")
                for customer in page.items {
                    table.add(
                        "\(customer.id)", [customer.name, customer.surname ?? ""].joined(separator: " "),
                        customer.phones.first ?? "-",
                        customer.village, customer.miniGrid, customer.devices.map(\.serial).joined(separator: " "),
                        customer.credit.amount)
                }
                table.show(empty: "no customers")
                list.showNext(page.next)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one customer with credit, debts and devices.",
            discussion: "Example: gridpost customers show 3")

        @Argument(help: "The customer's number.")
        var id: Int64

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/customers/\(id)", as: CustomerView.self) { customer in
                var card = FieldList()
                card.add("customer", "\(customer.id)")
                card.add("name", [customer.name, customer.surname ?? ""].joined(separator: " "))
                card.add("phones", customer.phones.joined(separator: "\n"))
                card.add("language", customer.language)
                card.add("place", "\(customer.village), \(customer.miniGrid), \(customer.cluster)")
                card.add("group", customer.connectionGroup)
                card.add("type", customer.connectionType)
                card.add("credit", "\(customer.credit.amount) \(customer.credit.currency)")
                card.add("overdue", customer.overdue.map { "\($0.amount) \($0.currency)" })
                card.add("access rates outstanding", customer.accessOpen.map { "\($0.amount) \($0.currency)" })
                for sale in customer.sales ?? [] where sale.state == "open" {
                    card.add(
                        "sale \(sale.id)",
                        "\(sale.name), \(sale.open.amount) outstanding"
                            + (sale.nextDue.map { ", next due \($0)" } ?? ""))
                }
                for device in customer.devices {
                    let what = [
                        "\(device.kind) \(device.serial)", device.tariff, device.daysLeft.map { "\($0) days left" },
                    ]
                    card.add("device", what.compactMap { $0 }.joined(separator: ", "))
                }
                card.show()
            }
        }
    }
}
