import Domain
import Messages
import Store

/// Takes payments back that their provider took back: what has not left the house is undone, the rest becomes a debt and
/// a ticket for staff.
struct ReversalDesk: Sendable {
    private let gateway: Gateway
    private let undo: PaymentUndo
    private let post: PaymentPost
    private let tickets: TicketDesk
    private let wallets: WalletDesk
    private let acceptance: PaymentAcceptance

    init(_ gateway: Gateway) {
        self.gateway = gateway
        undo = PaymentUndo(gateway)
        post = PaymentPost(gateway)
        tickets = TicketDesk(gateway)
        wallets = WalletDesk(gateway)
        acceptance = PaymentAcceptance(gateway)
    }

    /// A provider's notice of a reversal.
    func take(_ reading: ProviderReading, _ message: InboxMessage, _ transaction: Transaction, _ now: Timestamp) throws
        -> Outcome
    {
        let original = try reading.provider.flatMap { provider in
            try self.original(reading.fields, provider, transaction).flatMap {
                try transaction.payments.payment(provider: provider, transactionID: $0)
            }
        }
        let proved = try wallets.take(
            reading, message, payment: nil, mayStart: false, moved: original?.amount, transaction, now
        ).proved
        var outcome = try undo(reading, message, transaction, now)
        let others = try acceptance.goOn(proved, transaction, now)
        outcome.note = ([outcome.note].compactMap { $0 } + others).joined(separator: "; ")
        return outcome
    }

    private func undo(_ reading: ProviderReading, _ message: InboxMessage, _ transaction: Transaction, _ now: Timestamp)
        throws -> Outcome
    {
        var outcome = Outcome(.reverse, provider: reading.provider, format: reading.format)
        guard !message.isIncomplete, let provider = reading.provider,
            let original = try original(reading.fields, provider, transaction)
        else {
            outcome.disposition = .review
            outcome.note = "a reversal that names no payment"
            return outcome
        }
        guard let payment = try transaction.payments.payment(provider: provider, transactionID: original) else {
            // Texts overtake each other: the payment is not credited when it comes.
            let amount = reading.fields.amount.flatMap { Money(decimal: $0, in: gateway.company.currency) }
            let isNew = try transaction.payments.noteEarlyReversal(
                provider: provider, transactionID: original, amount: amount, message: message.id, at: now)
            try transaction.alerts.note(
                .review, ["number": "\(message.id)", "text": "a reversal of \(original), which has not come"], at: now)
            outcome.disposition = .review
            outcome.note = "a reversal of a payment that has not come" + (isNew ? "; it is remembered" : "")
            return outcome
        }
        if payment.state.isOver {
            outcome.note = "payment \(payment.id) is \(payment.state.rawValue) already"
            if payment.state != .reversed {
                outcome.disposition = .review
                try openTicket("late", payment, outcome.note ?? "", transaction, now)
            }
            return outcome
        }
        if let amount = reading.fields.amount, Money(decimal: amount, in: gateway.company.currency) != payment.amount {
            // A part of it, or another payment's: a person must look.
            outcome.disposition = .review
            outcome.note = "a reversal of \(amount) names payment \(payment.id) of another amount"
            try openTicket("amount", payment, outcome.note ?? "", transaction, now)
            return outcome
        }
        outcome.note = try reverse(payment, note: nil, transaction, now)
        return outcome
    }

    /// The id of what is taken back. Some wallets repeat it as the notice's own.
    private func original(_ fields: PaymentFields, _ provider: String, _ transaction: Transaction) throws -> String? {
        if let named = fields.originalTxnID { return named }
        guard let only = fields.txnID else { return nil }
        return try transaction.payments.payment(provider: provider, transactionID: only) == nil ? nil : only
    }

    /// Reverses a payment in any state that can be. Returns what became of it, in words.
    func reverse(_ payment: Payment, note: String?, _ transaction: Transaction, _ now: Timestamp) throws -> String {
        var remains = PaymentUndo.Remains()
        try transaction.wallets.stopWaiting(payment.id)
        switch payment.state {
        case .suspense:
            try transaction.ledger.book(
                "payment reversed by the provider",
                [
                    Posting(.suspense, payment.amount),
                    Posting(.wallet(provider: payment.provider), .zero - payment.amount),
                ], payment: payment.id, at: now)
            try transaction.questions.closeAll(of: payment.id)
        case .completed, .tokenPending:
            remains = try undo.undo(
                payment, into: .wallet(provider: payment.provider), memo: "payment reversed by the provider",
                transaction, now)
        default: break
        }
        try transaction.payments.move(payment.id, to: .reversed, note: note, at: now)
        try tickets.settle("cannot-serve/\(payment.id)/", "the payment is reversed", transaction, now)
        try transaction.events.note(.paymentReversed, payment.id.number, at: now)
        // What was held in silence is taken back in silence.
        if payment.state != .held && payment.state != .received || payment.device != nil {
            try post.reversed(payment, remains, transaction, now)
        }
        guard remains.debt.isPositive || remains.tokenWasSent else { return "payment \(payment.id) is reversed" }
        let owed = remains.debt.isPositive ? ", \(gateway.company.text(remains.debt)) is owed" : ""
        let subject =
            "Payment \(payment.id) was reversed by its provider after its use"
            + (remains.tokenWasSent ? "; the token was sent" : "") + owed
        try openTicket("debt", payment, subject, transaction, now)
        return subject
    }

    /// Once for each payment and reason.
    private func openTicket(
        _ reason: String, _ payment: Payment, _ subject: String, _ transaction: Transaction, _ now: Timestamp
    ) throws {
        let owner = try payment.device.flatMap { try transaction.registry.device($0)?.customer }
        try tickets.open(
            cause: "reversal/\(payment.id)/\(reason)", .payment, subject, phone: payment.payerPhone, customer: owner,
            transaction,
            now)
    }
}

extension PaymentState {
    /// Nothing follows.
    var isOver: Bool { next.isEmpty }
}
