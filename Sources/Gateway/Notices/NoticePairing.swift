import Domain
import Store

/// Finds the payment that an SMS and a notice over HTTP are both about, one to one.
struct NoticePairing: Sendable {
    enum Finding: Sendable {
        case none
        case one(Payment)
        /// It may be any of several. A person decides.
        case several
    }

    private let calendar: CompanyCalendar

    init(_ gateway: Gateway) { calendar = gateway.company.calendar }

    /// How long after one of the two the other may arrive.
    private static let longest = Duration.seconds(2 * 86_400)

    /// The payment, known from an SMS, that a notice is about, too.
    func payments(like notice: PaymentNotice, _ step: Step) throws -> Finding {
        for id in notice.receipts {
            if let payment = try step.payments.payment(provider: notice.wallet, transactionID: id) {
                return .one(payment)
            }
        }
        let facts = SamePayment.Facts(
            ids: notice.receipts, phone: notice.payerPhone, reference: notice.reference, time: notice.time,
            receivedAt: step.now)
        return finding(
            try step.notices.paymentsWithoutNotice(notice.wallet, notice.amount, since: step.ago(Self.longest)).filter {
                SamePayment.isPossible(facts, self.facts($0))
            })
    }

    /// The payment, known from a notice over HTTP, that an SMS is about, too. A payment with the same id is not looked
    /// for.
    func payments(like payment: Payment, _ step: Step) throws -> Finding {
        let known = try step.payments.payment(provider: payment.provider, transactionID: payment.transactionID)
        guard known == nil else { return .none }
        let facts = facts(payment)
        let notices = try step.notices.unpaired(payment.provider, payment.amount, since: step.ago(Self.longest))
        return finding(
            try notices.filter { notice in
                SamePayment.isPossible(
                    facts,
                    .init(
                        ids: notice.receipts, phone: notice.payerPhone, reference: notice.reference, time: notice.time,
                        receivedAt: notice.receivedAt))
            }.compactMap { notice in
                guard case .accepted(let id) = notice.decision else { return nil }
                return try step.payments.payment(id)
            })
    }

    private func finding(_ payments: [Payment]) -> Finding {
        switch payments.count {
        case 0: .none
        case 1: .one(payments[0])
        default: .several
        }
    }

    private func facts(_ payment: Payment) -> SamePayment.Facts {
        SamePayment.Facts(
            ids: payment.printedID.map { [$0] } ?? [], phone: payment.payerPhone, reference: payment.reference,
            time: payment.providerTime.flatMap { WallTime($0) }, receivedAt: payment.receivedAt)
    }
}
