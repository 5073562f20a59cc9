import Admin
import ArgumentParser

struct MessagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messages", abstract: "List, show and replay messages.",
        subcommands: [List.self, Show.self, Replay.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show a received message and how it is read.",
            discussion: "Example: gridpost messages show 12")

        @Argument(help: "The message's number.")
        var number: Int64
        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/messages/in/\(number)", as: InMessageDetailView.self) { detail in
                let message = detail.message
                var card = FieldList()
                card.add("message", "\(message.id), \(message.state)")
                card.add("from", "\(message.from) by \(message.modem), SMSC \(message.smsc)")
                card.add("sent", message.sentAt)
                card.add("received", message.receivedAt)
                card.add("text", message.text)
                card.add("read as", message.disposition)
                card.add("format", message.format)
                card.add("note", message.note)
                if detail.readsAs != message.disposition { card.add("now read as", detail.readsAs) }
                if detail.reason != message.note { card.add("reason", detail.reason) }
                for (name, value) in detail.fields.sorted(by: { $0.key < $1.key }) { card.add(name, value) }
                card.show()
            }
        }
    }

    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "replay", abstract: "Read providers' texts again after a change of formats.",
            discussion: """
                Texts that were ignored, reviewed, quarantined or failed and that now read differently are handled again.
                No payment is recorded twice. 'systemctl reload gridpost' makes the daemon load changed formats.

                Examples:
                  gridpost messages replay --dry-run
                  gridpost messages replay --since 2026-11-01T00:00:00Z
                  gridpost messages replay --message 12
                """)

        @Option(help: "Only this message, by number.")
        var message: Int64?
        @Option(help: "Only messages received since this time, such as 2026-11-01T00:00:00Z.")
        var since: String?
        @Flag(help: "Only show what would be read differently.")
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
                table.show(empty: "no message reads differently")
                if !view.changes.isEmpty {
                    Terminal.say(view.dryRun ? "nothing was changed" : "these messages are being handled again")
                }
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

        @Option(help: "Only messages read as this: credit, ignore, review, quarantine, reverse, person.")
        var disposition: String?

        @Option(help: "With --out: only messages in this state.")
        var state: String?

        @OptionGroup var list: ListOptions
        @OptionGroup var client: ClientOptions

        func validate() throws {
            if out, disposition != nil { throw ValidationError("--disposition cannot be used with --out") }
            if !out, state != nil { throw ValidationError("--state requires --out") }
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
