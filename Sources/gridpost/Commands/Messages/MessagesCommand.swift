import Admin
import ArgumentParser

struct MessagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messages", abstract: "List, show and replay messages.",
        subcommands: [List.self, Show.self, ChangeCommand<Replay>.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show a received message and how it is read, or the life of an outgoing one.",
            discussion: """
                Examples:
                  gridpost messages show 12
                  gridpost messages show 40 --out
                """)

        @Argument(help: "The message's number.")
        var number: Int64

        @Flag(help: "Show an outgoing message instead of a received one.")
        var out = false

        @OptionGroup var client: ClientOptions

        func run() async throws {
            if out {
                try await client.ask(
                    "/v1/messages/out/\(number)", as: OutMessageDetailView.self, OutgoingMessageDetail.show)
            } else {
                try await client.ask(
                    "/v1/messages/in/\(number)", as: InMessageDetailView.self, ReceivedMessageDetail.show)
            }
        }
    }

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
