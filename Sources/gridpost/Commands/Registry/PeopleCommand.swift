import Admin
import ArgumentParser

/// The role of the people that a command manages.
protocol PeopleKind: Sendable {
    /// The command's name and the last part of the API path.
    static var name: String { get }
    static var meaning: String { get }
}

enum Contractors: PeopleKind {
    static let name = "contractors"
    static let meaning = "Manage contractors, who do jobs."
}

enum Staff: PeopleKind {
    static let name = "staff"
    static let meaning = "Manage staff, who get alerts and give orders by SMS."
}

enum Agents: PeopleKind {
    static let name = "agents"
    static let meaning = "Manage agents, who sell."
}

/// The same commands for contractors, staff and agents.
struct PeopleCommand<Kind: PeopleKind>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Kind.name, abstract: Kind.meaning,
            discussion: "Example: gridpost \(Kind.name) new Juma --phone 0754000111 --mini-grid Kisiwa",
            subcommands: [List.self, New.self, Change.self, Remove.self])
    }

    struct List: AsyncParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "list", abstract: "List all.", discussion: "Example: gridpost \(Kind.name) list")
        }

        @OptionGroup var list: ListOptions
        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/\(Kind.name)" + list.query(), as: PageView<PersonView>.self) { page in
                var table = Table("NO", "NAME", "PHONES", "LANGUAGE", "MINI-GRIDS")
                for person in page.items {
                    table.add(
                        "\(person.id)", person.name, person.phones.joined(separator: " "), person.language ?? "-",
                        person.miniGrids.isEmpty ? "all" : person.miniGrids.joined(separator: ", "))
                }
                table.show(empty: "no entries")
                list.showNext(page.next)
            }
        }
    }

    struct New: AsyncParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "new", abstract: "Register one.",
                discussion: "Example: gridpost \(Kind.name) new Juma --phone 0754000111 --language sw")
        }

        @Argument(help: "The name.")
        var name: String

        @OptionGroup var person: PersonOptions
        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change("/v1/\(Kind.name)", person.body(name: name), as: PersonView.self) {
                Terminal.say("\($0.name) is number \($0.id)")
            }
        }
    }

    struct Change: AsyncParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "change", abstract: "Change one.",
                discussion: "Example: gridpost \(Kind.name) change 1 --phone 0754000222")
        }

        @Argument(help: "The number.")
        var number: Int64

        @Option(help: "Another name.")
        var name: String?

        @OptionGroup var person: PersonOptions
        @OptionGroup var client: ClientOptions

        func run() async throws {
            let body = person.body(name: name)
            try await client.change("/v1/\(Kind.name)/\(number)", body, method: "PATCH", as: PersonView.self) {
                Terminal.say("\($0.name) is changed")
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                commandName: "remove", abstract: "Remove one. Their history is kept.",
                discussion: "Example: gridpost \(Kind.name) remove 1")
        }

        @Argument(help: "The number.")
        var number: Int64

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change(
                "/v1/\(Kind.name)/\(number)", EmptyBody(), method: "DELETE", as: PersonView.self
            ) {
                Terminal.say("\($0.name) is removed")
            }
        }
    }
}

/// The options that describe a person.
struct PersonOptions: ParsableArguments {
    @Option(help: "A phone number; repeat for several.")
    var phone: [String] = []

    @Option(help: "The language, by its two-letter code; default: the company's first language.")
    var language: String?

    @Option(help: "A mini-grid that the person works for; repeat for several; default: all.")
    var miniGrid: [String] = []

    func body(name: String?) -> PersonBody {
        var body = PersonBody()
        body.name = name
        body.phones = phone.isEmpty ? nil : phone
        body.language = language
        body.miniGrids = miniGrid.isEmpty ? nil : miniGrid
        return body
    }
}
