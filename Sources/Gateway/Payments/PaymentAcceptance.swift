import Domain
import ModemLink
import Store

/// What follows when money is ours: its device is found, it is used, a token is made, and everybody is told. All of it in
/// the caller's transaction.
struct PaymentAcceptance: Sendable {
    private let gateway: Gateway
    private let finder = DeviceFinder()
    private let use: MoneyUse
    private let post: PaymentPost

    init(_ gateway: Gateway) {
        self.gateway = gateway
        use = MoneyUse(gateway)
        post = PaymentPost(gateway)
    }

    /// Books a payment that was trusted and finds its device. Returns what became of it, in words.
    func accept(_ id: PaymentID, _ transaction: Transaction, _ now: Timestamp) throws -> String {
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

    /// Something speaks against a payment: staff decide. Whoever wrote the text hears nothing of it.
    func hold(_ payment: Payment, _ reasons: [String], _ transaction: Transaction, _ now: Timestamp) throws {
        let reason = reasons.joined(separator: "; ")
        try transaction.payments.move(payment.id, to: .held, reasons: reasons, at: now)
        try transaction.events.note(.paymentHeld, payment.id.number, reason, at: now)
        try transaction.alerts.note(
            .held,
            ["number": "\(payment.id)", "amount": gateway.company.text(payment.amount), "text": reason.excerpt(80)],
            at: now)
    }

    /// A payment that cannot be accepted is held with the error, and stands in nobody else's way.
    func acceptOrHold(_ payment: Payment, _ transaction: Transaction, _ now: Timestamp) throws -> String {
        do {
            return try transaction.attempt { try accept(payment.id, transaction, now) }
        } catch  where StoreError.isTrouble(error) {
            // Nothing is said about the payment: its message is handled again.
            throw error
        } catch {
            if payment.state == .received { try hold(payment, ["\(error)"], transaction, now) }
            return "payment \(payment.id) cannot be accepted: \(error)"
        }
    }

    func suspend(_ payment: Payment, _ transaction: Transaction, _ now: Timestamp) throws {
        try bookArrival(payment, transaction, now)
        try transaction.payments.move(payment.id, to: .suspense, at: now)
        try transaction.events.note(.paymentInSuspense, payment.id.number, at: now)
    }

    private func bookArrival(_ payment: Payment, _ transaction: Transaction, _ now: Timestamp) throws {
        // What is in suspense is in the books.
        guard payment.state != .suspense else { return }
        try transaction.ledger.book(
            "payment received",
            [
                Posting(.wallet(provider: payment.provider), payment.amount),
                Posting(.suspense, .zero - payment.amount),
            ], payment: payment.id, at: now)
    }

    /// Uses a payment for a device: everything that follows from it, or nothing but a reason why it is held.
    func complete(_ payment: Payment, _ device: Device, _ transaction: Transaction, _ now: Timestamp) throws -> String {
        let plan: MoneyUse.Plan
        do {
            plan = try use.plan(payment, device, transaction, now)
        } catch let error as MoneyUse.CannotServe {
            if payment.state == .suspense || payment.state == .held {
                try transaction.payments.note([error.description], device: device.id, on: payment.id, at: now)
            } else {
                try transaction.payments.move(
                    payment.id, to: .held, reasons: [error.description], device: device.id, at: now)
            }
            // The payment itself is good: the payer hears so, and staff make the rest.
            let order = payment.state == .suspense ? "assign" : "approve"
            try TicketDesk(gateway).open(
                cause: "cannot-serve/\(payment.id)/", .token,
                "Payment \(payment.id) waits: \(error.description). Then: payments \(order) \(payment.id), or refund",
                phone: payment.payerPhone, customer: device.customer, alert: .tokenStuck, transaction, now)
            try transaction.events.note(.paymentHeld, payment.id.number, error.description, at: now)
            try post.tokenDelayed(payment, transaction, now)
            return "payment \(payment.id) waits for a person: \(error)"
        }
        try TicketDesk(gateway).settle("cannot-serve/\(payment.id)/", "the payment is used", transaction, now)
        try bookArrival(payment, transaction, now)
        try transaction.payments.move(payment.id, to: .accepted, device: device.id, at: now)
        try use.carryOut(plan, payment, transaction, now)
        try transaction.payments.move(payment.id, to: .allocated, at: now)
        if case .ask(let vendor) = plan.answer {
            try transaction.payments.move(payment.id, to: .tokenPending, at: now)
            try post.used(plan, payment, transaction, now)
            try transaction.events.note(.paymentTokenPending, payment.id.number, vendor, at: now)
            gateway.tokenBells[vendor]?.ring()
            return "payment \(payment.id) waits for its token from \(vendor)"
        }
        try transaction.payments.move(payment.id, to: .completed, at: now)
        try transaction.events.note(.paymentCompleted, payment.id.number, at: now)
        try post.used(plan, payment, transaction, now)
        return "payment \(payment.id) is completed" + (plan.answer == nil ? " without a token" : "")
    }
}
