import Admin
import ArgumentParser

struct AppliancesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "appliances", abstract: "Manage the catalogue of appliances sold on instalments.",
        subcommands: [List.self, Add.self, Change.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the catalogue, ordered by name.", discussion: "Example: gridpost appliances list")

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/appliances", as: PageView<ApplianceView>.self) { page in
                var table = Table("NO", "NAME", "PRICE", "REMIND BEFORE", "REMIND AFTER")
                for appliance in page.items {
                    table.add(
                        "\(appliance.id)", appliance.name, "\(appliance.price.amount) \(appliance.price.currency)",
                        appliance.remindBeforeDays.map { "\($0) days" } ?? "-",
                        appliance.remindAfterDays.map { "\($0) days" } ?? "-")
                }
                table.show(empty: "no appliances")
            }
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add an appliance.",
            discussion:
                "Example: gridpost appliances add \"Solar pump\" --price 350000 --remind-before 3 --remind-after 2")

        @Argument(help: "The appliance's name.")
        var name: String

        @Option(help: "The list price.")
        var price: String

        @OptionGroup var reminders: Reminders
        @OptionGroup var client: ClientOptions

        func run() async throws {
            var body = reminders.body
            body.name = name
            body.price = price
            try await client.change("/v1/appliances", body, as: ApplianceView.self) {
                Terminal.say("appliance \($0.id), \($0.name)")
            }
        }
    }

    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change an appliance: its price for future sales, its reminders for all sales.",
            discussion: "Example: gridpost appliances change 2 --price 340000")

        @Argument(help: "The appliance's number.")
        var id: Int64

        @Option(help: "The new name.")
        var name: String?

        @Option(help: "The new price.")
        var price: String?

        @OptionGroup var reminders: Reminders
        @OptionGroup var client: ClientOptions

        func run() async throws {
            var body = reminders.body
            body.name = name
            body.price = price
            try await client.change("/v1/appliances/\(id)", body, method: "PATCH", as: ApplianceView.self) {
                Terminal.say("appliance \($0.id), \($0.name), \($0.price.amount) \($0.price.currency)")
            }
        }
    }

    struct Reminders: ParsableArguments {
        @Option(help: "Remind the customer this many days before an instalment is due.")
        var remindBefore: Int?

        @Option(help: "Remind the customer this many days after an instalment was due.")
        var remindAfter: Int?

        var body: ApplianceBody {
            var body = ApplianceBody()
            body.remindBeforeDays = remindBefore
            body.remindAfterDays = remindAfter
            return body
        }
    }
}
