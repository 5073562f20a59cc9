import Store
import Domain

/// Opens tickets for tokens that were not delivered.
struct LostTokens: Sendable {
    private let tickets: TicketDesk

    init(_ gateway: Gateway) { tickets = TicketDesk(gateway) }

    func take(_ step: Step) throws {
        for message in try step.outbox.lostTokens(limit: 100) {
            let payment = message.payment.map { " of payment \($0)" } ?? ""
            let subject =
                "The token\(payment) did not arrive: \(message.state.rawValue)\(message.error.map { ", \($0)" } ?? "")"
            try tickets.open(
                cause: .lostToken(message.id), .delivery, subject, phone: message.recipient, alert: .tokenLost,
                step)
        }
    }
}
