import Domain
import Messages
import Store
import Tokens

/// Makes payments of credit notices: checks them, finds the device, uses the money, and tells everybody.
struct PaymentDesk: Sendable {
    private let gateway: Gateway
    private let finder: DeviceFinder
    private let use: MoneyUse
    private let post: PaymentPost
    private let tickets: TicketDesk

    init(_ gateway: Gateway) {
        self.gateway = gateway
        tickets = TicketDesk(gateway)
        finder = DeviceFinder()
        use = MoneyUse(gateway)
        post = PaymentPost(gateway)
    }

    // MARK: A credit notice

    func take(_ reading: ProviderReading, _ message: InboxMessage, _ transaction: Transaction, _ now: Timestamp) throws
        -> Outcome
    {
        guard let provider = reading.provider, let payment = self.payment(reading, provider, message, now) else {
            return Outcome(
                .review, provider: reading.provider, format: reading.format,
                note: "the amount cannot be kept in the books")
        }
        var outcome = Outcome(.credit, provider: provider, format: reading.format)
        guard let id = try transaction.payments.insert(payment) else {
            return try seenBefore(payment, reading, message, transaction, now, outcome)
        }
        var reasons = TrustChecks(ceiling: gateway.settings.amountCeiling, currency: gateway.company.currency)
            .reasonsToHold(payment, message)
        if reading.lacksIdentifier { reasons.append("the text has no transaction id of the provider's shape") }
        guard reasons.isEmpty else {
            try transaction.payments.move(id, to: .held, reasons: reasons, at: now)
            try tellStaff(id, payment, reasons.joined(separator: "; "), transaction, now)
            outcome.note = "payment \(id) is held: \(reasons.joined(separator: "; "))"
            return outcome
        }
        outcome.note = try accept(id, transaction, now)
        return outcome
    }

    private func payment(_ reading: ProviderReading, _ provider: String, _ message: InboxMessage, _ now: Timestamp)
        -> Payment?
    {
        let fields = reading.fields
        guard let currency = Currency(code: fields.currency ?? gateway.company.currency.code),
            let amount = fields.amount.flatMap({ Money(decimal: $0, in: currency) }), amount.isPositive
        else { return nil }
        let newBalance = fields.newBalance.flatMap { Money(decimal: $0, in: currency) }
        // A provider without ids gets a fingerprint; the same minute, amount, payer and balance are the same event.
        let transactionID =
            fields.txnID
            ?? "~"
            + [
                fields.timestamp.map { WallTime(date: $0.date, minute: $0.minute).text } ?? "", "\(amount.minor)",
                fields.payerPhone?.e164 ?? fields.payerName ?? "",
                newBalance.map { "\($0.minor)" } ?? "",
            ].joined(separator: "/")
        return Payment(
            provider: provider, transactionID: transactionID, amount: amount, currency: currency.code,
            payerName: fields.payerName,
            payerPhone: fields.payerPhone, reference: fields.reference, newBalance: newBalance,
            fee: fields.fee.flatMap { Money(decimal: $0, in: currency) }, providerTime: fields.timestamp?.text,
            message: message.id, receivedAt: now)
    }

    /// The same transaction again makes no second payment, whatever it says.
    private func seenBefore(
        _ payment: Payment, _ reading: ProviderReading, _ message: InboxMessage, _ transaction: Transaction,
        _ now: Timestamp,
        _ outcome: Outcome
    ) throws -> Outcome {
        var outcome = outcome
        guard
            let earlier = try transaction.payments.payment(
                provider: payment.provider, transactionID: payment.transactionID)
        else { return outcome }
        try transaction.payments.noteSighting(of: earlier.id, in: message.id, at: now)
        outcome.note = "duplicate of payment \(earlier.id)"
        if reading.fields.txnID == nil || earlier.amount != payment.amount {
            // Without an id it may be another payment; with another amount it is no copy. A person looks.
            outcome.disposition = .review
        }
        return outcome
    }

    // MARK: Accepted money

    /// Books a payment that was trusted and finds its device. Returns what became of it, in words.
    private func accept(_ id: PaymentID, _ transaction: Transaction, _ now: Timestamp) throws -> String {
        guard let payment = try transaction.payments.payment(id) else { return "" }
        switch try finder.find(payment, transaction) {
        case .device(let device): return try complete(payment, device, transaction, now)
        case .unknownSerial(let typed):
            try suspend(payment, transaction, now)
            try post.unknownSerial(typed, payment, transaction, now)
            return "payment \(id) is in suspense: its reference names no device of ours"
        case .askAmong(let devices):
            try suspend(payment, transaction, now)
            try post.ask(among: devices, payment, transaction, now)
            return "payment \(id) is in suspense: nobody said for which device"
        }
    }

    private func tellStaff(
        _ id: PaymentID, _ payment: Payment, _ reason: String, _ transaction: Transaction, _ now: Timestamp
    ) throws {
        try transaction.events.note(.paymentHeld, id.number, reason, at: now)
        try transaction.alerts.note(
            .held, ["number": "\(id)", "amount": gateway.company.text(payment.amount), "text": reason.excerpt(80)],
            at: now)
    }

    private func suspend(_ payment: Payment, _ transaction: Transaction, _ now: Timestamp) throws {
        try bookArrival(payment, transaction, now)
        try transaction.payments.move(payment.id, to: .suspense, at: now)
        try transaction.events.note(.paymentInSuspense, payment.id.number, at: now)
    }

    private func bookArrival(_ payment: Payment, _ transaction: Transaction, _ now: Timestamp) throws {
        let isBooked = payment.state == .suspense
        guard !isBooked else { return }
        try transaction.ledger.book(
            "payment received",
            [
                Posting(.wallet(provider: payment.provider), payment.amount),
                Posting(.suspense, Money(minor: -payment.amount.minor)),
            ], payment: payment.id, at: now)
    }

    /// Uses a payment for a device: everything that follows from it, or nothing but a reason why it is held.
    func complete(_ payment: Payment, _ device: Device, _ transaction: Transaction, _ now: Timestamp) throws -> String {
        let plan: MoneyUse.Plan
        do {
            plan = try use.plan(payment, device, transaction, now)
        } catch let error as MoneyUse.CannotServe {
            if payment.state == .suspense {
                try transaction.payments.note([error.description], device: device.id, on: payment.id, at: now)
            } else {
                try transaction.payments.move(
                    payment.id, to: .held, reasons: [error.description], device: device.id, at: now)
            }
            try tellStaff(payment.id, payment, error.description, transaction, now)
            // The payment itself is good: the payer hears so, and staff make the rest.
            try post.tokenLater(payment, transaction, now)
            return "payment \(payment.id) waits for a person: \(error)"
        }
        try bookArrival(payment, transaction, now)
        try transaction.payments.move(payment.id, to: .accepted, device: device.id, at: now)
        try use.carryOut(plan, payment, transaction, now)
        try transaction.payments.move(payment.id, to: .allocated, at: now)
        try transaction.payments.move(payment.id, to: .completed, at: now)
        try transaction.events.note(.paymentCompleted, payment.id.number, at: now)
        try post.completed(plan, payment, transaction, now)
        return "payment \(payment.id) is completed" + (plan.token == nil ? " without a token" : "")
    }

    // MARK: A reversal notice

    /// Takes back what has not left the house. Money that was used already is for a person to look at.
    func reverse(_ reading: ProviderReading, _ message: InboxMessage, _ transaction: Transaction, _ now: Timestamp)
        throws -> Outcome
    {
        var outcome = Outcome(.reverse, provider: reading.provider, format: reading.format)
        guard !message.isIncomplete, let provider = reading.provider, let original = reading.fields.originalTxnID,
            let payment = try transaction.payments.payment(provider: provider, transactionID: original)
        else {
            outcome.disposition = .review
            outcome.note = "a reversal of no payment that is known"
            return outcome
        }
        switch payment.state {
        case .held:
            try transaction.payments.move(payment.id, to: .reversed, at: now)
        case .suspense:
            try transaction.ledger.book(
                "payment reversed by the provider",
                [
                    Posting(.suspense, payment.amount),
                    Posting(.wallet(provider: payment.provider), Money(minor: -payment.amount.minor)),
                ], payment: payment.id, at: now)
            try transaction.payments.move(payment.id, to: .reversed, at: now)
            try transaction.questions.closeAll(of: payment.id)
        default:
            outcome.disposition = .review
            outcome.note = "payment \(payment.id) was reversed by the provider and is \(payment.state.rawValue) here"
            try openTicket(for: payment, outcome.note ?? "", transaction, now)
            return outcome
        }
        try transaction.events.note(.paymentReversed, payment.id.number, at: now)
        outcome.note = "payment \(payment.id) is reversed"
        return outcome
    }

    /// What has left the house cannot be taken back by a program: staff have a ticket, once for each payment.
    private func openTicket(for payment: Payment, _ subject: String, _ transaction: Transaction, _ now: Timestamp)
        throws
    {
        let owner = try payment.device.flatMap { try transaction.registry.device($0)?.customer }
        try tickets.open(
            cause: "reversal/\(payment.id)", .payment, subject, phone: payment.payerPhone, customer: owner, transaction,
            now)
    }
}
