import Admin
import ArgumentParser

struct MessagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messages", abstract: "Messages that came in and went out.",
        subcommands: [List.self, Show.self, Replay.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "A message that came in, and what is read from it.",
            discussion: "Example: gridpost messages show 12")

        @Argument(help: "The message's number.")
        var number: Int64
        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/messages/in/\(number)", as: InMessageDetailView.self) { detail in
                let message = detail.message
                var card = FieldList()
                card.add("message", "\(message.id), \(message.state)")
                card.add("from", "\(message.from) by \(message.modem), centre \(message.smsc)")
                card.add("sent", message.sentAt)
                card.add("received", message.receivedAt)
                card.add("text", message.text)
                card.add("read as", message.disposition)
                card.add("format", message.format)
                card.add("note", message.note)
                if detail.readsAs != message.disposition { card.add("reads now as", detail.readsAs) }
                if detail.reason != message.note { card.add("because", detail.reason) }
                for (name, value) in detail.fields.sorted(by: { $0.key < $1.key }) { card.add(name, value) }
                card.show()
            }
        }
    }

    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "replay", abstract: "Read providers' texts again, after formats were changed.",
            discussion: """
                Texts that were ignored, reviewed, quarantined or failed, and that now say something else, are handled again;
                no payment is made twice. The daemon reads changed formats at 'systemctl reload gridpost'.

                Examples:
                  gridpost messages replay --dry-run
                  gridpost messages replay --since 2026-11-01T00:00:00Z
                  gridpost messages replay --message 12
                """)

        @Option(help: "This message only.")
        var message: Int64?
        @Option(help: "Only messages received since, such as 2026-11-01T00:00:00Z.")
        var since: String?
        @Flag(help: "Only tell what would be read otherwise.")
        var dryRun = false
        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change(
                "/v1/messages/replay", ReplayBody(message: message, since: since, dryRun: dryRun), as: ReplayView.self
            ) { view in
                var table = Table("NO", "FROM", "WAS", "READS AS", "FORMAT")
                for change in view.changes {
                    let format = change.format.map { "\($0) of \(change.provider ?? "")" } ?? ""
                    table.add("\(change.message)", change.from, change.was, change.becomes, format)
                }
                table.show(empty: "every text reads as before")
                if !view.changes.isEmpty {
                    Terminal.say(view.dryRun ? "nothing was changed" : "they are handled again now")
                }
            }
        }
    }

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
