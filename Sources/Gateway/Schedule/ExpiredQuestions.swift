import Domain
import Store

/// Money that nobody said the device of, for as long as the question was open, becomes staff's ticket.
struct ExpiredQuestions: Sendable {
    private let gateway: Gateway

    init(_ gateway: Gateway) { self.gateway = gateway }

    func take(_ transaction: Transaction, _ now: Timestamp) throws {
        for question in try transaction.questions.expired(at: now) {
            try transaction.questions.expire(question.id)
            guard let payment = try transaction.payments.payment(question.payment) else { continue }
            let subject =
                "Payment \(payment.id) of \(gateway.company.text(payment.amount)) is in suspense: nobody said for which device"
            try TicketDesk(gateway).open(
                cause: "question/\(question.id)", .payment, subject, phone: question.phone, transaction, now)
        }
    }
}
