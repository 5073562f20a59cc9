import Domain
import Store

/// Money that nobody said the device of, for as long as the question was open, becomes staff's ticket.
struct ExpiredQuestions: Sendable {
    private let tickets: TicketDesk

    init(_ gateway: Gateway) {
        tickets = TicketDesk(gateway)
    }

    func take(_ step: Step) throws {
        for question in try step.questions.expired(at: step.now) {
            try step.questions.expire(question.id)
            guard let payment = try step.payments.payment(question.payment) else { continue }
            let subject =
                "Payment \(payment.id) of \(step.company.text(payment.amount)) is in suspense: nobody said for which device"
            try tickets.open(
                cause: .question(question.id), .payment, subject, phone: question.phone, step)
        }
    }
}
