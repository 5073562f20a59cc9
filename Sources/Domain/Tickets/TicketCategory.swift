/// The built-in categories, in which the gateway opens tickets. The company may add others.
package enum TicketCategory: String, Sendable, CaseIterable {
    case question, outage, safety, token, payment, complaint, connection, delivery, maintenance
}
