import Store
import Domain
import Gateway

package struct TicketView: Codable, Sendable {
    package struct EntryView: Codable, Sendable {
        /// An SMS sent for the entry.
        package struct DeliveryView: Codable, Sendable {
            package var messageId: Int64
            package var to: String
            package var state: String
            /// The SMS as it was sent.
            package var text: String
            package var error: String?
        }

        package var id: Int64
        package var at: String
        /// `customer`, `contractor`, `staff` or `system`.
        package var author: String
        package var name: String?
        package var phone: String?
        package var text: String
        /// An internal note of staff.
        package var note: Bool
        /// The received message that the entry comes from.
        package var messageId: Int64?
        package var deliveries: [DeliveryView]
    }

    package var number: Int64
    package var category: String
    package var colour: String
    package var subject: String
    package var priority: String
    package var status: String
    package var assignee: String?
    package var assigneeId: Int64?
    package var due: String?
    package var customerId: Int64?
    package var customer: String?
    package var miniGrid: String?
    package var outage: Bool
    package var phones: [String]
    package var closeReason: String?
    package var createdAt: String
    package var updatedAt: String
    package var closedAt: String?
    package var job: JobView?
    package var thread: [EntryView]?

    init(_ ticket: Ticket, _ names: TicketNames, _ company: Company) {
        number = ticket.id.number
        category = ticket.category
        colour = ticket.colour
        subject = ticket.subject
        priority = ticket.priority.rawValue
        status = ticket.status.rawValue
        assignee = ticket.assignee.flatMap { names.people[$0] }
        assigneeId = ticket.assignee?.number
        due = ticket.due?.description
        customerId = ticket.customer?.number
        customer = ticket.customer.flatMap { names.customers[$0] }
        miniGrid = ticket.miniGrid
        outage = ticket.isOutage
        phones = (names.phones[ticket.id] ?? []).map(\.e164)
        closeReason = ticket.closeReason
        createdAt = ticket.createdAt.rfc3339
        updatedAt = ticket.updatedAt.rfc3339
        closedAt = ticket.closedAt?.rfc3339
        job = names.jobs[ticket.id].map { JobView($0, contractor: names.people[$0.contractor] ?? "", company) }
    }

    /// One ticket with its thread.
    init(_ ticket: Ticket, withThread step: Step) throws {
        self.init(ticket, try TicketNames([ticket], step), step.company)
        let messages = try step.outbox.messages(ofThread: ticket.id)
        thread = try step.tickets.entries(of: ticket.id).map { entry in
            EntryView(
                id: entry.id.number, at: entry.at.rfc3339, author: entry.author.rawValue, name: entry.name,
                phone: entry.phone?.e164, text: entry.body, note: entry.isNote, messageId: entry.message?.number,
                deliveries: (messages[entry.id] ?? []).map {
                    .init(
                        messageId: $0.id.number, to: $0.recipient.e164, state: $0.state.rawValue, text: $0.body,
                        error: $0.error)
                })
        }
    }
}
