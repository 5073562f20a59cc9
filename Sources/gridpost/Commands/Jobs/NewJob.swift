import Admin
import ArgumentParser
import Domain

/// `gridpost jobs new`
struct NewJob: Change {
    static let help = CommandConfiguration(
        commandName: "new", abstract: "Offer a job to a contractor by SMS.",
        discussion:
            "Example: gridpost jobs new --contractor 1 --price 15000 --deadline 2026-11-30 \"Replace the breaker\"")

    @Argument(help: "The task.")
    var task: String

    @Option(help: "The contractor, by number.")
    var contractor: Int64

    @Option(help: "The place of the job.")
    var place: String?

    @Option(help: "The price of the job, in the company's currency.")
    var price: String?

    @Option(help: "The last day: YYYY-MM-DD.")
    var deadline: String?

    @Option(help: "An outsourced category; default: maintenance.")
    var category: String?

    @Option(help: "The priority: \(TicketPriority.allCases.map(\.rawValue).joined(separator: ", ")).")
    var priority: String?

    var address: String { "/v1/jobs" }

    var body: NewJobBody {
        var body = NewJobBody(contractorId: contractor, task: task)
        body.place = place
        body.price = price
        body.deadline = deadline
        body.category = category
        body.priority = priority
        return body
    }

    func show(_ ticket: TicketView) {
        Terminal.say("job #\(ticket.number) is offered to \(ticket.job?.contractor ?? "")")
    }
}
