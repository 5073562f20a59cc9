import Admin
import ArgumentParser
import Domain

/// `gridpost tickets new`
struct NewTicket: Change {
    static let help = CommandConfiguration(
        commandName: "new", abstract: "Open a ticket for a customer or a phone.",
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

    var address: String { "/v1/tickets" }

    var body: NewTicketBody {
        var body = NewTicketBody(text: text)
        body.customerId = customer
        body.phone = phone
        body.category = category
        body.priority = priority
        body.assigneeId = assignee
        body.due = due
        body.send = send
        return body
    }

    func show(_ ticket: TicketView) { Terminal.say("ticket #\(ticket.number) is open") }
}
