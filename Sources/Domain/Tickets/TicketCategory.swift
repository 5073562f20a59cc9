/// The categories that the gateway itself opens tickets in. A company adds its own beside them.
package enum TicketCategory: String, Sendable, CaseIterable {
    case question, outage, safety, token, payment, complaint, connection, delivery, maintenance
}
