import Admin
import ArgumentParser
import Domain

struct CategoriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "categories", abstract: "Manage the categories of tickets.",
        subcommands: [WholeListCommand<All>.self, ChangeCommand<New>.self],
        defaultSubcommand: WholeListCommand<All>.self)

    struct All: Listing {
        static let help = CommandConfiguration(
            commandName: "list", abstract: "List all categories.", discussion: "Example: gridpost tickets categories")
        static let address = "/v1/categories"
        static let columns = ["NAME", "COLOUR", "OUTSOURCED"]
        static let empty = "no categories"

        static func row(_ category: CategoryView) -> [String] {
            [
                category.name, Terminal.coloured(category.colour, category.colour),
                category.outsourced ? "yes" : "no",
            ]
        }
    }

    struct New: Change {
        static let help = CommandConfiguration(
            commandName: "new", abstract: "Add a category.",
            discussion: "Example: gridpost tickets categories new 'meter reading' --colour cyan --outsourced")

        @Argument(help: "The category's name.")
        var name: String

        @Option(help: "The colour: \(CategoryColour.allCases.map(\.rawValue).joined(separator: ", ")).")
        var colour = CategoryColour.white.rawValue

        @Flag(help: "Tickets of this category are jobs for contractors.")
        var outsourced = false

        var address: String { "/v1/categories" }
        var body: CategoryBody { CategoryBody(name: name, colour: colour, outsourced: outsourced) }

        func show(_ category: CategoryView) { Terminal.say("category '\(category.name)' is added") }
    }
}
