import Domain
import Store

/// A customer whose token never arrived becomes a ticket.
struct LostTokens: Sendable {
    private let tickets: TicketDesk

    init(_ gateway: Gateway) { tickets = TicketDesk(gateway) }

    func take(_ transaction: Transaction, _ now: Timestamp) throws {
        for message in try transaction.outbox.lostTokens(limit: 100) {
            let customers = try transaction.registry.customers(phone: message.recipient)
            let payment = message.payment.map { " of payment \($0)" } ?? ""
            let subject =
                "The token\(payment) did not arrive: \(message.state.rawValue)\(message.error.map { ", \($0)" } ?? "")"
            guard
                let id = try tickets.open(
                    cause: "token-lost/\(message.id)", .delivery, subject, phone: message.recipient,
                    customer: customers.count == 1 ? customers[0].id : nil, transaction, now)
            else { continue }
            try transaction.alerts.note(.tokenLost, ["number": "\(id)"], at: now)
        }
    }
}
