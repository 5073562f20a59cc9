import Admin
import ArgumentParser

struct JobArgument: RecordArgument {
    static let showHelp = CommandConfiguration(
        commandName: "show", abstract: "Show one job with its thread.", discussion: "Example: gridpost jobs show 12")

    @Argument(help: "The job's number.")
    var number: TicketNumber

    var address: String { "/v1/jobs/\(number)" }

    static func show(_ ticket: TicketView) { TicketDetail.show(ticket) }
}
