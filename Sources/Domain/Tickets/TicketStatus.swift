/// The status of a ticket.
package enum TicketStatus: String, Codable, Sendable, CaseIterable {
    /// The company must act next.
    case open
    /// The customer or contractor must act next.
    case waiting
    case closed
}
