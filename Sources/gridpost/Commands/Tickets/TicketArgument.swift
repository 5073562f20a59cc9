import Admin
import ArgumentParser

struct TicketArgument: RecordArgument {
    static let showHelp = CommandConfiguration(
        commandName: "show", abstract: "Show one ticket with its thread.",
        discussion: "Example: gridpost tickets show 12")

    @Argument(help: "The ticket's number.")
    var number: TicketNumber

    var address: String { "/v1/tickets/\(number)" }

    static func show(_ ticket: TicketView) { TicketDetail.show(ticket) }
}
