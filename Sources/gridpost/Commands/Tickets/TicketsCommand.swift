import Admin
import ArgumentParser
import Domain

struct TicketsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tickets", abstract: "Manage tickets and their threads.",
        discussion: """
            Examples:
              gridpost tickets list --status open
              gridpost tickets reply 12 "We come tomorrow at 9."
              gridpost tickets close 12 --reason "Breaker replaced"
            """,
        subcommands: [
            List.self, Show.self, New.self, Reply.self, Note.self, Assign.self, Close.self, Reopen.self,
            CategoriesCommand.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List tickets, newest first.",
            discussion: "Example: gridpost tickets list --status open --mini-grid Kisiwa")

        @Option(help: "Only tickets in this status: \(TicketStatus.allCases.map(\.rawValue).joined(separator: ", ")).")
        var status: String?

        @Option(help: "Only tickets of this category.")
        var category: String?

        @Option(help: "Only tickets of this member of staff, by number.")
        var assignee: Int64?

        @Option(help: "Only tickets of this customer, by number.")
        var customer: Int64?

        @Option(help: "Only tickets with this phone.")
        var phone: String?

        @Option(help: "Only tickets of this mini-grid.")
        var miniGrid: String?

        @OptionGroup var list: ListOptions
        @OptionGroup var client: ClientOptions

        func run() async throws {
            let query = list.query([
                ("status", status), ("category", category), ("assignee", assignee.map(String.init)),
                ("customer", customer.map(String.init)), ("phone", phone), ("mini_grid", miniGrid),
            ])
            try await client.ask("/v1/tickets" + query, as: PageView<TicketView>.self) { page in
                var table = Table("NO", "UPDATED", "STATUS", "CATEGORY", "PRIORITY", "FROM", "ASSIGNEE", "SUBJECT")
                for ticket in page.items {
                    table.add(
                        "#\(ticket.number)", ticket.updatedAt, ticket.status,
                        Terminal.coloured(ticket.category, ticket.colour), ticket.priority,
                        ticket.customer ?? ticket.job?.contractor ?? ticket.phones.first ?? "-", ticket.assignee ?? "-",
                        Terminal.oneLine(ticket.subject, 50))
                }
                table.show(empty: "no tickets")
                list.showNext(page.next)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one ticket with its thread.", discussion: "Example: gridpost tickets show 12")

        @Argument(help: "The ticket's number.")
        var number: TicketNumber

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/tickets/\(number)", as: TicketView.self, TicketDetail.show)
        }
    }

    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open a ticket for a customer or a phone.",
            discussion: """
                Examples:
                  gridpost tickets new --customer 3 --category complaint "Says that units run out fast"
                  gridpost tickets new --phone 0712000678 --send "We will visit you on Monday."
                """)

        @Argument(help: "The first entry: a note or, with --send, an SMS.")
        var text: String

        @Option(help: "The customer, by number.")
        var customer: Int64?

        @Option(help: "The phone of the conversation.")
        var phone: String?

        @Option(help: "The category.")
        var category: String?

        @Option(help: "The priority: \(TicketPriority.allCases.map(\.rawValue).joined(separator: ", ")).")
        var priority: String?

        @Option(help: "The assignee: a member of staff, by number.")
        var assignee: Int64?

        @Option(help: "The due day: YYYY-MM-DD.")
        var due: String?

        @Flag(help: "Send the text as SMS.")
        var send = false

        @OptionGroup var client: ClientOptions

        func run() async throws {
            var body = NewTicketBody(text: text)
            body.customerId = customer
            body.phone = phone
            body.category = category
            body.priority = priority
            body.assigneeId = assignee
            body.due = due
            body.send = send
            try await client.change("/v1/tickets", body, as: TicketView.self) {
                Terminal.say("ticket #\($0.number) is open")
            }
        }
    }

    struct Reply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reply by SMS.",
            discussion:
                "Example: gridpost tickets reply 12 \"We come tomorrow at 9.\" For an outage, the reply goes to everyone who reported it."
        )

        @Argument(help: "The ticket's number.")
        var number: TicketNumber

        @Argument(help: "The text.")
        var text: String

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change("/v1/tickets/\(number)/replies", TextBody(text: text), as: TicketView.self) {
                let last = $0.thread?.last
                let phones = last?.deliveries.map(\.to).joined(separator: ", ") ?? ""
                Terminal.say("#\(number): on its way to \(phones)")
            }
        }
    }

    struct Note: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add an internal note.", discussion: "Example: gridpost tickets note 12 \"Called, nobody home\"")

        @Argument(help: "The ticket's number.")
        var number: TicketNumber

        @Argument(help: "The text.")
        var text: String

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change("/v1/tickets/\(number)/notes", TextBody(text: text), as: TicketView.self) { _ in
                Terminal.say("#\(number): noted")
            }
        }
    }

    struct Assign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change a ticket's assignee, due day, priority or category.",
            discussion: "Example: gridpost tickets assign 12 --to 2 --due 2026-11-30 --priority high")

        @Argument(help: "The ticket's number.")
        var number: TicketNumber

        @Option(help: "The new assignee: a member of staff, by number; 0 for none.")
        var to: Int64?

        @Option(help: "The due day: YYYY-MM-DD.")
        var due: String?

        @Option(help: "The priority: \(TicketPriority.allCases.map(\.rawValue).joined(separator: ", ")).")
        var priority: String?

        @Option(help: "The new category.")
        var category: String?

        @OptionGroup var client: ClientOptions

        func validate() throws {
            if to == nil, due == nil, priority == nil, category == nil {
                throw ValidationError("give at least one of --to, --due, --priority or --category")
            }
        }

        func run() async throws {
            var body = TicketChangeBody()
            body.assigneeId = to
            body.due = due
            body.priority = priority
            body.category = category
            try await client.change(
                "/v1/tickets/\(number)", body, method: "PATCH", as: TicketView.self, TicketDetail.show)
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close a ticket and send an SMS about it.",
            discussion: "Example: gridpost tickets close 12 --reason \"Breaker replaced\"")

        @Argument(help: "The ticket's number.")
        var number: TicketNumber

        @Option(help: "The reason, as sent by SMS.")
        var reason: String?

        @Flag(help: "Send no SMS.")
        var quiet = false

        @OptionGroup var client: ClientOptions

        func run() async throws {
            let body = CloseBody(reason: reason, quiet: quiet)
            try await client.change("/v1/tickets/\(number)/close", body, as: TicketView.self) { _ in
                Terminal.say("#\(number) is closed")
            }
        }
    }

    struct Reopen: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reopen a closed ticket.", discussion: "Example: gridpost tickets reopen 12")

        @Argument(help: "The ticket's number.")
        var number: TicketNumber

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change("/v1/tickets/\(number)/reopen", EmptyBody(), as: TicketView.self) { _ in
                Terminal.say("#\(number) is open again")
            }
        }
    }
}
