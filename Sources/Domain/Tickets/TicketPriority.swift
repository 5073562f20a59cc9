/// The priority of a ticket.
package enum TicketPriority: String, Codable, Sendable, CaseIterable {
    case low, normal, high, urgent
}
