import Admin
import ArgumentParser
import Domain

/// `gridpost tickets list`
struct TicketList: Listing {
    static let help = CommandConfiguration(
        commandName: "list", abstract: "List tickets, newest first.",
        discussion: "Example: gridpost tickets list --status open --mini-grid Kisiwa")
    static let address = "/v1/tickets"
    static let columns = ["NO", "UPDATED", "STATUS", "CATEGORY", "PRIORITY", "FROM", "ASSIGNEE", "SUBJECT"]
    static let empty = "no tickets"

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

    var filter: [(String, String?)] {
        [
            ("status", status), ("category", category), ("assignee", assignee.map(String.init)),
            ("customer", customer.map(String.init)), ("phone", phone), ("mini_grid", miniGrid),
        ]
    }

    static func row(_ ticket: TicketView) -> [String] {
        [
            "#\(ticket.number)", ticket.updatedAt, ticket.status, Terminal.coloured(ticket.category, ticket.colour),
            ticket.priority, ticket.customer ?? ticket.job?.contractor ?? ticket.phones.first ?? "-",
            ticket.assignee ?? "-", Terminal.oneLine(ticket.subject, 50),
        ]
    }
}
