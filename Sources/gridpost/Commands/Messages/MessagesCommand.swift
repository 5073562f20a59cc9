import ArgumentParser

struct MessagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messages", abstract: "List, show and replay messages.",
        subcommands: [List.self, ShowCommand<MessageArgument>.self, ChangeCommand<Replay>.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List messages, newest first.",
            discussion: """
                Examples:
                  gridpost messages list --disposition quarantine
                  gridpost messages list --out --state unknown
                """)

        @Flag(help: "List outgoing messages instead of received ones.")
        var out = false

        @OptionGroup var received: ReceivedMessages
        @OptionGroup var outgoing: OutgoingMessages
        @OptionGroup var pages: PageOptions
        @OptionGroup var client: ClientOptions

        func validate() throws {
            if out, received.disposition != nil {
                throw ValidationError("--disposition cannot be used with --out")
            }
            if !out, outgoing.state != nil { throw ValidationError("--state requires --out") }
        }

        func run() async throws {
            if out { try await outgoing.run(pages, client) } else { try await received.run(pages, client) }
        }
    }
}
