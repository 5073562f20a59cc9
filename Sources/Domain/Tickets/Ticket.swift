/// A ticket: a matter to be handled by staff, with a conversation.
package struct Ticket: Sendable, Hashable {
    package var id = TicketID(0)
    package var category: String
    package var colour = ""
    package var subject: String
    package var priority: TicketPriority
    package var status = TicketStatus.open
    package var assignee: PersonID?
    package var due: CalendarDate?
    package var customer: CustomerID?
    package var device: DeviceID?
    package var miniGrid: String?
    /// Whether it collects all reports of one outage in its mini-grid.
    package var isOutage = false
    /// The cause of a ticket opened by the system; at most one ticket is opened per cause.
    package var cause: TicketCause?
    package var closeReason: String?
    /// When the customer or contractor was last asked whether to reopen it.
    package var offeredAt: Timestamp?
    package var createdAt: Timestamp
    package var updatedAt: Timestamp
    package var closedAt: Timestamp?

    package init(category: String, subject: String, priority: TicketPriority = .normal, at now: Timestamp) {
        self.category = category
        self.subject = subject
        self.priority = priority
        createdAt = now
        updatedAt = now
    }
}
