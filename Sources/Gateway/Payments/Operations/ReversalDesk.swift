import Store
import Domain
import Messages

/// Reverses payments that their provider took back. What was not sent yet is undone; the rest becomes a debt and a
/// ticket for staff.
struct ReversalDesk: Sendable {
    private let words: HoldReasonWords
    private let checks: TrustChecks
    private let smscs: WalletSMSCs
    private let company: Company
    private let settings: GatewaySettings
    private let undo: PaymentUndo
    private let notifications: PaymentNotifications
    private let tickets: TicketDesk
    private let wallets: WalletDesk
    private let acceptance: PaymentAcceptance

    init(_ gateway: Gateway) {
        words = HoldReasonWords(gateway)
        checks = TrustChecks(gateway)
        smscs = WalletSMSCs(gateway)
        company = gateway.company
        settings = gateway.settings
        undo = PaymentUndo(gateway)
        notifications = PaymentNotifications(gateway)
        tickets = TicketDesk(gateway)
        wallets = WalletDesk(gateway)
        acceptance = PaymentAcceptance(gateway)
    }

    /// Handles a provider's notice of a reversal. It must pass the same checks as a credit; without proof it is held.
    func take(_ reading: ProviderReading, _ message: InboxMessage, _ step: Step) throws
        -> (Outcome, WalletDesk.Consequences)
    {
        var outcome = Outcome(.reverse, provider: reading.provider, format: reading.format)
        let original = try reading.provider.flatMap { try self.original(reading.fields, $0, step) }
        let payment = try reading.provider.flatMap { provider in
            try original.flatMap { try step.payments.payment(provider: provider, transactionID: $0) }
        }
        // A reversal that only lacks proof is carried out once the chain closes; staff decide on other faults.
        let lacksOnlyProof = try payment.map { try isPlausible(reading, of: $0, message, step) } ?? false
        let consequences = try wallets.take(
            reading, message, reverses: lacksOnlyProof ? payment : nil, mayStart: false, step)
        guard !message.isIncomplete, let provider = reading.provider, let original else {
            outcome.disposition = .review
            outcome.note = "a reversal that names no payment"
            return (outcome, consequences)
        }
        let doubt = try doubt(about: reading, provider, message, consequences.proof, step)
        guard let payment else {
            // Messages can overtake each other: when the payment arrives, it must not be credited.
            let reversal = EarlyReversal(
                provider: provider, transactionID: original,
                amount: reading.fields.amount.flatMap { Money(decimal: $0, in: step.company.currency) },
                message: message.id, isProved: doubt == nil)
            let isNew = try step.earlyReversals.note(reversal, at: step.now)
            try step.alert(
                .review, ["number": "\(message.id)", "text": "a reversal of \(original), which has not arrived"])
            outcome.disposition = .review
            outcome.note = "a reversal of a payment that has not arrived" + (isNew ? "; it is recorded" : "")
            return (outcome, consequences)
        }
        if let note = try refusal(payment, reading, doubt, step) {
            outcome.note = note
            if payment.state != .reversed { outcome.disposition = .review }
        } else {
            outcome.note = try reverse(payment, note: nil, step)
        }
        return (outcome, consequences)
    }

    /// Whether only a missing proof by the chain of balances can prevent this reversal.
    private func isPlausible(
        _ reading: ProviderReading, of payment: Payment, _ message: InboxMessage, _ step: Step
    ) throws -> Bool {
        guard !message.isIncomplete, isWhole(reading, payment) else { return false }
        return try doubt(about: reading, payment.provider, message, .proved, step) == nil
    }

    /// Whether a reversal covers the whole payment. A reversal without an amount does.
    private func isWhole(_ reading: ProviderReading, _ payment: Payment) -> Bool {
        reading.fields.amount.map { Money(decimal: $0, in: company.currency) == payment.amount } ?? true
    }

    /// Why staff must check the reversal before the payment is reversed; `nil` if it may be reversed.
    private func refusal(
        _ payment: Payment, _ reading: ProviderReading, _ doubt: String?, _ step: Step
    ) throws -> String? {
        if payment.state.isOver {
            let note = "payment \(payment.id) is already \(payment.state.rawValue)"
            if payment.state != .reversed { try openTicket(.late, payment, note, step) }
            return note
        }
        if let amount = reading.fields.amount, !isWhole(reading, payment) {
            // A partial reversal, or one of another payment.
            let note = "a reversal of \(amount) names payment \(payment.id), which has another amount"
            try openTicket(.amount, payment, note, step)
            return note
        }
        guard let doubt else { return nil }
        let note = "a reversal of payment \(payment.id) is held: \(doubt)"
        if payment.state == .received {
            try step.wallets.stopWaiting(payment.id)
            try acceptance.hold(payment, [.unprovenReversal], step)
        }
        try tickets.open(
            cause: .unprovenReversal(payment.id), .payment,
            "\(note). If the wallet shows it: payments reverse \(payment.id)", phone: nil, step)
        return note
    }

    /// The doubt about a reversal; `nil` if it is proved.
    private func doubt(
        about reading: ProviderReading, _ provider: String, _ message: InboxMessage, _ proof: WalletDesk.Proof,
        _ step: Step
    ) throws -> String? {
        if let doubt = checks.doubt(aboutTimeOf: reading.fields, provider, message) {
            return try words.english([doubt])
        }
        guard proof == .proved else { return "nothing proves it" }
        let isChainAsked = settings.trust.asks(.chain, of: provider)
        let standing = try smscs.standing(of: message, provider, step)
        return !isChainAsked && standing == .new ? "it came from an SMSC that is new for this wallet" : nil
    }

    /// Carries out a held reversal that has been proved. Returns `nil` if there is nothing left to reverse.
    func carryOut(_ id: PaymentID, _ message: InboxMessageID, _ step: Step) throws
        -> String?
    {
        guard let payment = try step.payments.payment(id), !payment.state.isOver else { return nil }
        return try reverse(payment, note: "proved by message \(message)", step)
    }

    /// Opens tickets for reversals whose payment did not arrive within thirty days.
    func expire(_ step: Step) throws {
        let oldest = step.ago(.seconds(Self.longestEarly))
        for reversal in try step.earlyReversals.waiting(since: oldest, limit: 100) {
            try step.earlyReversals.end(reversal, at: step.now)
            let amount = reversal.amount.map { " of \(step.company.text($0))" } ?? ""
            try tickets.open(
                cause: .earlyReversal(provider: reversal.provider, transactionID: reversal.transactionID), .payment,
                "A reversal\(amount) by \(reversal.provider) names \(reversal.transactionID), which never arrived",
                phone: nil, step)
        }
    }

    /// Seconds.
    private static let longestEarly: Int64 = 30 * 86_400

    /// The id of the reversed transaction. Some wallets print it as the notice's own id.
    private func original(_ fields: PaymentFields, _ provider: String, _ step: Step) throws -> String? {
        if let named = fields.originalTxnID { return named }
        guard let only = fields.txnID else { return nil }
        return try step.payments.payment(provider: provider, transactionID: only) == nil ? nil : only
    }

    /// Reverses a payment in any state that allows it. Returns a note about the result.
    func reverse(_ payment: Payment, note: String?, _ step: Step) throws -> String {
        var remains = PaymentUndo.Remains()
        try step.wallets.stopWaiting(payment.id)
        switch payment.state {
        case .suspense:
            try step.ledger.book(
                "payment reversed by the provider",
                [
                    Posting(.suspense, payment.amount),
                    Posting(.wallet(provider: payment.provider), .zero - payment.amount),
                ], payment: payment.id, at: step.now)
            try step.questions.closeAll(of: payment.id)
        case .completed, .tokenPending:
            remains = try undo.undo(
                payment, into: .wallet(provider: payment.provider), memo: "payment reversed by the provider",
                step)
        default: break
        }
        try step.payments.move(payment.id, to: .reversed, note: note, at: step.now)
        try tickets.settle(.cannotServe(payment.id), "the payment is reversed", step)
        try tickets.settle(.unprovenReversal(payment.id), "the payment is reversed", step)
        try step.announce(.paymentReversed, payment.id.number)
        // A payment that was held without notifying the payer is reversed without notifying the payer.
        if payment.state != .held && payment.state != .received || payment.device != nil {
            try notifications.reversed(payment, remains, step)
        }
        guard remains.debt.isPositive || remains.tokenWasSent else { return "payment \(payment.id) is reversed" }
        let owed = remains.debt.isPositive ? ", \(step.company.text(remains.debt)) is owed" : ""
        let subject =
            "Payment \(payment.id) was reversed by its provider after its use"
            + (remains.tokenWasSent ? "; the token was sent" : "") + owed
        try openTicket(.debt, payment, subject, step)
        return subject
    }

    /// Opens a ticket, at most one for each payment and matter.
    private func openTicket(
        _ matter: TicketCause.ReversalMatter, _ payment: Payment, _ subject: String, _ step: Step
    ) throws {
        let owner = try payment.device.flatMap { try step.registry.device($0)?.customer }
        try tickets.open(
            cause: .reversal(payment.id, matter), .payment, subject, phone: payment.payerPhone, customer: owner,
            step)
    }
}

extension PaymentState {
    /// Whether no other state can follow.
    var isOver: Bool { next.isEmpty }
}
