/// Where a ticket stands.
package enum TicketStatus: String, Codable, Sendable, CaseIterable {
    /// The company owes the next step.
    case open
    /// The other side owes the next step.
    case waiting
    case closed
}

package enum TicketPriority: String, Codable, Sendable, CaseIterable {
    case low, normal, high, urgent
}

/// The categories that the gateway itself opens tickets in. A company adds its own beside them.
package enum TicketCategory: String, Sendable, CaseIterable {
    case question, outage, safety, token, payment, complaint, connection, delivery, maintenance
}

/// Who wrote an entry of a thread.
package enum ThreadAuthor: String, Codable, Sendable {
    case customer, contractor, staff, system
}

/// The colours that a terminal can show.
package enum CategoryColour: String, Sendable, CaseIterable {
    case red, yellow, green, cyan, blue, magenta, white
}
