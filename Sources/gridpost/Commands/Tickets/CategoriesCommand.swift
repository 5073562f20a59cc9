import Admin
import ArgumentParser
import Domain

struct CategoriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "categories", abstract: "Manage the categories of tickets.", subcommands: [List.self, New.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List all categories.", discussion: "Example: gridpost tickets categories")

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/categories", as: PageView<CategoryView>.self) { page in
                var table = Table("NAME", "COLOUR", "OUTSOURCED")
                for category in page.items {
                    table.add(
                        category.name, Terminal.coloured(category.colour, category.colour),
                        category.outsourced ? "yes" : "no")
                }
                table.show(empty: "no categories")
            }
        }
    }

    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a category.",
            discussion: "Example: gridpost tickets categories new 'meter reading' --colour cyan --outsourced")

        @Argument(help: "The category's name.")
        var name: String

        @Option(help: "The colour: \(CategoryColour.allCases.map(\.rawValue).joined(separator: ", ")).")
        var colour = CategoryColour.white.rawValue

        @Flag(help: "Tickets of this category are jobs for contractors.")
        var outsourced = false

        @OptionGroup var client: ClientOptions

        func run() async throws {
            let body = CategoryBody(name: name, colour: colour, outsourced: outsourced)
            try await client.change("/v1/categories", body, as: CategoryView.self) {
                Terminal.say("category '\($0.name)' is added")
            }
        }
    }
}
