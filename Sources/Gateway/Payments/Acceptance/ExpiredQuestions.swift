import Store
import Domain

/// Opens tickets for payments whose device was not given before the question expired.
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
                "Payment \(payment.id) of \(step.company.text(payment.amount)) is in suspense: its device was not given"
            try tickets.open(
                cause: .question(question.id), .payment, subject, phone: question.phone, step)
        }
    }
}
