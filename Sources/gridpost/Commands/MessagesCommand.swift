import Admin
import ArgumentParser

struct MessagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messages", abstract: "Messages that came in and went out.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Messages, newest first.",
            discussion: """
                Examples:
                  gridpost messages list --disposition quarantine
                  gridpost messages list --out --state unknown
                """)

        @Flag(help: "Those that go out, instead of those that came in.")
        var out = false

        @Option(help: "Only read as this: credit, ignore, review, quarantine, reverse, person.")
        var disposition: String?

        @Option(help: "With --out, only in this state.")
        var state: String?

        @OptionGroup var list: ListOptions
        @OptionGroup var client: ClientOptions

        func validate() throws {
            if out, disposition != nil { throw ValidationError("--disposition is for messages that came in") }
            if !out, state != nil { throw ValidationError("--state goes with --out") }
        }

        func run() async throws {
            if out {
                try await client.ask(
                    "/v1/messages/out" + list.query([("state", state)]), as: PageView<OutMessageView>.self
                ) { page in
                    var table = Table("NO", "TO", "CLASS", "STATE", "PARTS", "TEXT")
                    for message in page.items {
                        table.add(
                            "\(message.id)", message.to, message.class, message.state, "\(message.parts)",
                            Terminal.oneLine(message.text, 60))
                    }
                    table.show(empty: "no messages")
                    list.showNext(page.next)
                }
            } else {
                let query = list.query([("disposition", disposition)])
                try await client.ask("/v1/messages/in" + query, as: PageView<InMessageView>.self) { page in
                    var table = Table("NO", "RECEIVED", "FROM", "READ AS", "TEXT", "NOTE")
                    for message in page.items {
                        table.add(
                            "\(message.id)", message.receivedAt, message.from, message.disposition ?? message.state,
                            Terminal.oneLine(message.text, 60),
                            message.note ?? "")
                    }
                    table.show(empty: "no messages")
                    list.showNext(page.next)
                }
            }
        }
    }
}
