import Admin
import ArgumentParser

struct AppliancesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "appliances", abstract: "Manage the catalogue of appliances sold on instalments.",
        subcommands: [WholeListCommand<All>.self, ChangeCommand<Add>.self, ChangeCommand<Edit>.self])

    struct All: Listing {
        static let help = CommandConfiguration(
            commandName: "list", abstract: "List the catalogue, ordered by name.",
            discussion: "Example: gridpost appliances list")
        static let address = "/v1/appliances"
        static let columns = ["NO", "NAME", "PRICE", "REMIND BEFORE", "REMIND AFTER"]
        static let empty = "no appliances"

        static func row(_ appliance: ApplianceView) -> [String] {
            [
                "\(appliance.id)", appliance.name, "\(appliance.price.amount) \(appliance.price.currency)",
                appliance.remindBeforeDays.map { "\($0) days" } ?? "-",
                appliance.remindAfterDays.map { "\($0) days" } ?? "-",
            ]
        }
    }

    struct Add: Change {
        static let help = CommandConfiguration(
            commandName: "add", abstract: "Add an appliance.",
            discussion:
                "Example: gridpost appliances add \"Solar pump\" --price 350000 --remind-before 3 --remind-after 2")

        @Argument(help: "The appliance's name.")
        var name: String

        @Option(help: "The list price.")
        var price: String

        @OptionGroup var reminders: Reminders

        var address: String { "/v1/appliances" }
        var body: ApplianceBody { reminders.body(name: name, price: price) }

        func show(_ appliance: ApplianceView) { Terminal.say("appliance \(appliance.id), \(appliance.name)") }
    }

    struct Edit: Change {
        static let help = CommandConfiguration(
            commandName: "change",
            abstract: "Change an appliance: its price for future sales, its reminders for all sales.",
            discussion: "Example: gridpost appliances change 2 --price 340000")
        static let method = "PATCH"

        @Argument(help: "The appliance's number.")
        var number: Int64

        @Option(help: "The new name.")
        var name: String?

        @Option(help: "The new price.")
        var price: String?

        @OptionGroup var reminders: Reminders

        var address: String { "/v1/appliances/\(number)" }
        var body: ApplianceBody { reminders.body(name: name, price: price) }

        func show(_ appliance: ApplianceView) {
            let price = appliance.price
            Terminal.say("appliance \(appliance.id), \(appliance.name), \(price.amount) \(price.currency)")
        }
    }

    struct Reminders: ParsableArguments {
        @Option(help: "Remind the customer this many days before an instalment is due.")
        var remindBefore: Int?

        @Option(help: "Remind the customer this many days after an instalment was due.")
        var remindAfter: Int?

        func body(name: String?, price: String?) -> ApplianceBody {
            var body = ApplianceBody()
            body.name = name
            body.price = price
            body.remindBeforeDays = remindBefore
            body.remindAfterDays = remindAfter
            return body
        }
    }
}
