/// Where a ticket stands.
package enum TicketStatus: String, Codable, Sendable, CaseIterable {
    /// The company owes the next step.
    case open
    /// The other side owes the next step.
    case waiting
    case closed
}
