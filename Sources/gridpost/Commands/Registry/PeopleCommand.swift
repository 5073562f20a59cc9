import Admin
import ArgumentParser

/// The same commands for contractors, staff and agents.
struct PeopleCommand<Kind: PeopleKind>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Kind.name, abstract: Kind.meaning,
            discussion: "Example: gridpost \(Kind.name) new Juma --phone 0754000111 --mini-grid Kisiwa",
            subcommands: [
                ListCommand<All>.self, ChangeCommand<New>.self, ChangeCommand<Edit>.self, ChangeCommand<Remove>.self,
            ])
    }

    struct All: Listing {
        static var help: CommandConfiguration {
            CommandConfiguration(
                commandName: "list", abstract: "List all.", discussion: "Example: gridpost \(Kind.name) list")
        }
        static var address: String { "/v1/\(Kind.name)" }
        static var columns: [String] { ["NO", "NAME", "PHONES", "LANGUAGE", "MINI-GRIDS"] }
        static var empty: String { "no entries" }

        static func row(_ person: PersonView) -> [String] {
            [
                "\(person.id)", person.name, person.phones.joined(separator: " "), person.language ?? "-",
                person.miniGrids.isEmpty ? "all" : person.miniGrids.joined(separator: ", "),
            ]
        }
    }

    struct New: Change {
        static var help: CommandConfiguration {
            CommandConfiguration(
                commandName: "new", abstract: "Register one.",
                discussion: "Example: gridpost \(Kind.name) new Juma --phone 0754000111 --language sw")
        }

        @Argument(help: "The name.")
        var name: String

        @OptionGroup var person: PersonOptions

        var address: String { "/v1/\(Kind.name)" }
        var body: PersonBody { person.body(name: name) }

        func show(_ person: PersonView) { Terminal.say("\(person.name) is number \(person.id)") }
    }

    struct Edit: Change {
        static var help: CommandConfiguration {
            CommandConfiguration(
                commandName: "change", abstract: "Change one.",
                discussion: "Example: gridpost \(Kind.name) change 1 --phone 0754000222")
        }
        static var method: String { "PATCH" }

        @Argument(help: "The number.")
        var number: Int64

        @Option(help: "Another name.")
        var name: String?

        @OptionGroup var person: PersonOptions

        var address: String { "/v1/\(Kind.name)/\(number)" }
        var body: PersonBody { person.body(name: name) }

        func show(_ person: PersonView) { Terminal.say("\(person.name) is changed") }
    }

    struct Remove: Change {
        static var help: CommandConfiguration {
            CommandConfiguration(
                commandName: "remove", abstract: "Remove one. Their history is kept.",
                discussion: "Example: gridpost \(Kind.name) remove 1")
        }
        static var method: String { "DELETE" }

        @Argument(help: "The number.")
        var number: Int64

        var address: String { "/v1/\(Kind.name)/\(number)" }

        func show(_ person: PersonView) { Terminal.say("\(person.name) is removed") }
    }
}
