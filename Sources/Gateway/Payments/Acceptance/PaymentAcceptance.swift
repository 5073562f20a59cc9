import Domain
import Store

/// Processes a payment that is accepted: finds the device, allocates the money, issues the token and notifies the payer
/// and the owner. Everything happens in the caller's step.
struct PaymentAcceptance: Sendable {
    private let tickets: TicketDesk
    private let finder = DeviceFinder()
    private let use: PaymentAllocator
    private let notifications: PaymentNotifications
    private let words: HoldReasonWords

    init(_ gateway: Gateway) {
        tickets = TicketDesk(gateway)
        use = PaymentAllocator(gateway)
        notifications = PaymentNotifications(gateway)
        words = HoldReasonWords(gateway)
    }

    /// Books a trusted payment and finds its device. Returns a note about the result.
    func accept(_ id: PaymentID, _ step: Step) throws -> String {
        guard let payment = try step.payments.payment(id) else { return "" }
        switch try finder.find(payment, step) {
        case .device(let device): return try complete(payment, device, step)
        case .unknownSerial(let typed):
            try suspend(payment, step)
            try notifications.unknownSerial(typed, payment, step)
            return "payment \(id) is in suspense: its reference names no known device"
        case .askAmong(let devices):
            try suspend(payment, step)
            try notifications.ask(among: devices, payment, step)
            return "payment \(id) is in suspense: its device is not known"
        }
    }

    /// Holds a payment that failed a check, for staff to decide. The payer is not notified. Returns a note about the
    /// result.
    @discardableResult
    func hold(_ payment: Payment, _ reasons: [HoldReason], _ step: Step) throws -> String {
        let reason = try words.english(reasons)
        try step.payments.move(payment.id, to: .held, reasons: reasons, at: step.now)
        try step.announce(.paymentHeld, payment.id.number, reason)
        // This text is for the digest; a single alert shows the reasons in its reader's language.
        try step.alert(
            .held,
            [
                "number": "\(payment.id)", "amount": step.company.text(payment.amount), "text": reason.excerpt(80),
            ])
        return "payment \(payment.id) is held: \(reason)"
    }

    /// Accepts a payment. If that fails, holds the payment with the error, so that other payments are not blocked.
    func acceptOrHold(_ payment: Payment, _ step: Step) throws -> String {
        do {
            return try step.attempt { try accept(payment.id, step) }
        } catch  where StoreError.isTrouble(error) {
            // The failure says nothing about the payment, so its message is handled again.
            throw error
        } catch {
            if payment.state == .received { try hold(payment, [.failure("\(error)")], step) }
            return "payment \(payment.id) cannot be accepted: \(error)"
        }
    }

    func suspend(_ payment: Payment, _ step: Step) throws {
        try bookArrival(payment, step)
        try step.payments.move(payment.id, to: .suspense, at: step.now)
        try step.announce(.paymentInSuspense, payment.id.number)
    }

    private func bookArrival(_ payment: Payment, _ step: Step) throws {
        // Payments in suspense are already booked.
        guard payment.state != .suspense else { return }
        try step.ledger.book(
            "payment received",
            [
                Posting(.wallet(provider: payment.provider), payment.amount),
                Posting(.suspense, .zero - payment.amount),
            ], payment: payment.id, at: step.now)
    }

    /// Uses a payment for a device. If the device cannot be served, records the reason and changes nothing else.
    func complete(_ payment: Payment, _ device: Device, _ step: Step) throws -> String {
        let plan: PaymentAllocator.Plan
        do {
            plan = try use.plan(payment, device, step)
        } catch let error as PaymentAllocator.CannotServe {
            if payment.state == .suspense || payment.state == .held {
                try step.payments.note([error.holdReason], device: device.id, on: payment.id, at: step.now)
            } else {
                try step.payments.move(
                    payment.id, to: .held, reasons: [error.holdReason], device: device.id, at: step.now)
            }
            // The payment itself is good: the payer is told so, and staff do the rest.
            let order = payment.state == .suspense ? "assign" : "approve"
            try tickets.open(
                cause: .cannotServe(payment.id), .token,
                "Payment \(payment.id) waits: \(error.description). Then: payments \(order) \(payment.id), or refund",
                phone: payment.payerPhone, customer: device.customer, alert: .tokenStuck, step)
            try step.announce(.paymentHeld, payment.id.number, error.description)
            try notifications.tokenDelayed(payment, step)
            return "payment \(payment.id) waits for staff: \(error)"
        }
        try tickets.settle(.cannotServe(payment.id), "the payment is used", step)
        try bookArrival(payment, step)
        try step.payments.move(payment.id, to: .accepted, device: device.id, at: step.now)
        try use.carryOut(plan, payment, step)
        try step.payments.move(payment.id, to: .allocated, at: step.now)
        if case .ask(let vendor) = plan.answer {
            try step.payments.move(payment.id, to: .tokenPending, at: step.now)
            try notifications.used(plan, payment, step)
            try step.announce(.paymentTokenPending, payment.id.number, vendor)
            return "payment \(payment.id) waits for its token from \(vendor)"
        }
        try step.payments.move(payment.id, to: .completed, at: step.now)
        try step.announce(.paymentCompleted, payment.id.number)
        try notifications.used(plan, payment, step)
        return "payment \(payment.id) is completed" + (plan.answer == nil ? " without a token" : "")
    }
}
