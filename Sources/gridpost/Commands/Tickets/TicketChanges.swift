import Admin
import ArgumentParser
import Domain

/// The changes of one ticket.
extension TicketsCommand {
    struct Reply: RecordStep {
        static let help = CommandConfiguration(
            commandName: "reply", abstract: "Reply by SMS.",
            discussion:
                "Example: gridpost tickets reply 12 \"We come tomorrow at 9.\" For an outage, the reply goes to everyone who reported it."
        )
        static let step = "replies"

        @OptionGroup var record: TicketArgument

        @Argument(help: "The text.")
        var text: String

        var body: TextBody { TextBody(text: text) }

        func show(_ ticket: TicketView) {
            let phones = ticket.thread?.last?.deliveries.map(\.to).joined(separator: ", ") ?? ""
            Terminal.say("#\(ticket.number): on its way to \(phones)")
        }
    }

    struct Note: RecordStep {
        static let help = CommandConfiguration(
            commandName: "note", abstract: "Add an internal note.",
            discussion: "Example: gridpost tickets note 12 \"Called, nobody home\"")
        static let step = "notes"

        @OptionGroup var record: TicketArgument

        @Argument(help: "The text.")
        var text: String

        var body: TextBody { TextBody(text: text) }

        func show(_ ticket: TicketView) { Terminal.say("#\(ticket.number): noted") }
    }

    struct Assign: Change {
        static let help = CommandConfiguration(
            commandName: "assign", abstract: "Change a ticket's assignee, due day, priority or category.",
            discussion: "Example: gridpost tickets assign 12 --to 2 --due 2026-11-30 --priority high")
        static let method = "PATCH"

        @OptionGroup var ticket: TicketArgument

        @Option(help: "The new assignee: a member of staff, by number; 0 for none.")
        var to: Int64?

        @Option(help: "The due day: YYYY-MM-DD.")
        var due: String?

        @Option(help: "The priority: \(TicketPriority.allCases.map(\.rawValue).joined(separator: ", ")).")
        var priority: String?

        @Option(help: "The new category.")
        var category: String?

        func validate() throws {
            if to == nil, due == nil, priority == nil, category == nil {
                throw ValidationError("give at least one of --to, --due, --priority or --category")
            }
        }

        var address: String { ticket.address }

        var body: TicketChangeBody {
            var body = TicketChangeBody()
            body.assigneeId = to
            body.due = due
            body.priority = priority
            body.category = category
            return body
        }

        func show(_ ticket: TicketView) { TicketDetail.show(ticket) }
    }

    struct Close: RecordStep {
        static let help = CommandConfiguration(
            commandName: "close", abstract: "Close a ticket and send an SMS about it.",
            discussion: "Example: gridpost tickets close 12 --reason \"Breaker replaced\"")
        static let step = "close"

        @OptionGroup var record: TicketArgument

        @Option(help: "The reason, as sent by SMS.")
        var reason: String?

        @Flag(help: "Send no SMS.")
        var quiet = false

        var body: CloseBody { CloseBody(reason: reason, quiet: quiet) }

        func show(_ ticket: TicketView) { Terminal.say("#\(ticket.number) is closed") }
    }

    struct Reopen: RecordStep {
        static let help = CommandConfiguration(
            commandName: "reopen", abstract: "Reopen a closed ticket.",
            discussion: "Example: gridpost tickets reopen 12")
        static let step = "reopen"

        @OptionGroup var record: TicketArgument

        func show(_ ticket: TicketView) { Terminal.say("#\(ticket.number) is open again") }
    }
}
