import Domain
import Store

/// Finds the payment that an SMS and a notice over HTTP are both about, one to one.
struct NoticePairing: Sendable {
    enum Finding: Sendable {
        case none
        case one(Payment)
        /// It may be one of several, or there is too little to tell. A person decides.
        case unsure
        /// The notice was refused, so that the wallet may return the money.
        case refused(StoredNotice)
    }

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
            id: notice.receipts.first, phone: notice.payerPhone, name: notice.payerName, reference: notice.reference,
            time: notice.time, receivedAt: step.now)
        let known = try step.notices.paymentsWithoutNotice(
            notice.wallet, notice.amount, since: step.ago(Self.longest))
        return Self.finding(known.map { ($0, SamePayment.likeness(facts, Self.facts($0))) })
    }

    /// The payment, known from a notice over HTTP, that an SMS is about, too. The SMS's own id is not known yet.
    func payments(like payment: Payment, _ step: Step) throws -> Finding {
        let facts = Self.facts(payment)
        let notices = try step.notices.unpaired(payment.provider, payment.amount, since: step.ago(Self.longest))
        var candidates: [(Payment, SamePayment.Likeness)] = []
        var refused: StoredNotice?
        for notice in notices {
            let isSameID = payment.printedID.map { notice.receipts.contains($0) } ?? false
            let likeness = isSameID ? .likely : SamePayment.likeness(facts, Self.facts(notice))
            switch notice.decision {
            case .refused:
                if isSameID { return .refused(notice) }
                if likeness == .likely { refused = refused ?? notice }
            case .accepted(let id):
                guard let other = try step.payments.payment(id), !other.state.isUndone else { continue }
                candidates.append((other, likeness))
            }
        }
        // Whoever was refused pays again, with the right reference: the accepted notice goes first.
        if case .none = Self.finding(candidates), let refused { return .refused(refused) }
        return Self.finding(candidates)
    }

    private static func finding(_ candidates: [(Payment, SamePayment.Likeness)]) -> Finding {
        let possible = candidates.filter { $0.1 != .different }
        guard let first = possible.first else { return .none }
        return possible.count == 1 && first.1 == .likely ? .one(first.0) : .unsure
    }

    private static func facts(_ payment: Payment) -> SamePayment.Facts {
        SamePayment.Facts(
            id: payment.printedID, phone: payment.payerPhone, name: payment.payerName, reference: payment.reference,
            time: payment.providerTime.flatMap { WallTime($0) }, receivedAt: payment.receivedAt)
    }

    private static func facts(_ notice: StoredNotice) -> SamePayment.Facts {
        SamePayment.Facts(
            id: notice.receipts.first, phone: notice.payerPhone, name: notice.payerName, reference: notice.reference,
            time: notice.time, receivedAt: notice.receivedAt)
    }
}

extension PaymentState {
    /// The money is not the company's, or not any more.
    var isUndone: Bool { self == .rejected || self == .reversed || self == .refunded }
}
