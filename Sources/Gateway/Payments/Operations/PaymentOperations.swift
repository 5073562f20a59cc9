import Domain
import Store

/// The operations of staff on payments: held payments, payments without an identified device, and corrections.
package struct PaymentOperations: Sendable {
    private let undo: PaymentUndo
    private let reversals: ReversalDesk
    private let tickets: TicketDesk
    let vendorTokens: VendorTokenFlow
    let issuer: TokenIssuer
    private let acceptance: PaymentAcceptance
    private let notifications: PaymentNotifications
    private let wallets: WalletDesk
    private let words: HoldReasonWords

    package init(_ gateway: Gateway) {
        undo = PaymentUndo(gateway)
        reversals = ReversalDesk(gateway)
        tickets = TicketDesk(gateway)
        vendorTokens = VendorTokenFlow(gateway)
        issuer = gateway.issuer
        acceptance = PaymentAcceptance(gateway)
        notifications = PaymentNotifications(gateway)
        wallets = WalletDesk(gateway)
        words = HoldReasonWords(gateway)
    }

    func payment(_ id: PaymentID, _ step: Step) throws -> Payment {
        guard let payment = try step.payments.payment(id) else { throw Refusal.noPayment(id) }
        return payment
    }

    func device(_ serial: Serial, _ step: Step) throws -> Device {
        guard let device = try step.registry.device(serial: serial) else { throw Refusal.noDevice(serial.text) }
        return device
    }

    // MARK: Held payments

    /// Approves a held payment: it continues as if no check had failed, for `serial` if staff know the device.
    /// - Throws: `Refusal` if the payment is in another state or cannot be used, and `StoreError`.
    package func approve(_ id: PaymentID, for serial: Serial?, _ step: Step) throws {
        let payment = try payment(id, step)
        guard payment.state == .held || payment.state == .received else {
            throw Refusal.wrongState(
                id, payment.state, wanted: "held",
                hint: payment.state == .suspense ? "use 'assign' to say which device it is for" : nil)
        }
        guard payment.currency == step.company.currency.code else {
            throw Refusal.cannotServe(
                id, "it is in \(payment.currency); reject it, and record it once it is exchanged")
        }
        if let serial {
            _ = try acceptance.complete(payment, device(serial, step), step)
        } else if let known = try payment.device.flatMap({ try step.registry.device($0) }) {
            _ = try acceptance.complete(payment, known, step)
        } else {
            _ = try acceptance.accept(id, step)
        }
        try expectProgress(id, from: payment.state, step)
        try step.wallets.stopWaiting(id)
        // Later messages of the wallet need not wait for a lost one. The wallet was not checked, so nothing is proved.
        if try !step.payments.hasContradiction(id) { try wallets.suppose(id, step) }
    }

    /// Fails if the payment is still in `state`, so that the operation is rolled back and staff see the reason.
    private func expectProgress(_ id: PaymentID, from state: PaymentState, _ step: Step) throws {
        let after = try payment(id, step)
        if after.state == state { throw Refusal.cannotServe(id, try words.english(after.reasons)) }
    }

    /// Rejects a held payment that is forged or not the company's. With `tells`, the payer is notified.
    /// - Throws: `Refusal` if the payment does not exist or is in another state, and `StoreError`.
    package func reject(
        _ id: PaymentID, reason: String, tells: Bool, _ step: Step
    ) throws {
        let payment = try payment(id, step)
        guard payment.state == .held || payment.state == .received else {
            throw Refusal.wrongState(id, payment.state, wanted: "held", hint: nil)
        }
        try step.wallets.stopWaiting(id)
        // A rejected notice proves nothing about the wallet.
        if let (_, notice) = try step.walletNotices.openNotice(of: id) {
            _ = try step.walletNotices.close([notice])
        }
        try step.payments.move(id, to: .rejected, note: reason, at: step.now)
        try tickets.settle(.cannotServe(id), "the payment is rejected", step)
        try step.announce(.paymentRejected, id.number, reason)
        if tells { try notifications.rejected(payment, step) }
    }

    // MARK: Payments in suspense

    /// Uses a payment in suspense for a device.
    /// - Throws: `Refusal` if the payment is in another state or cannot be used, and `StoreError`.
    package func assign(_ id: PaymentID, to serial: Serial, _ step: Step) throws {
        let payment = try payment(id, step)
        guard payment.state == .suspense else {
            let hint: String? =
                switch payment.state {
                case .held: "approve it first"
                case .completed, .tokenPending: "'reassign' undoes its use and uses it for another device"
                default: nil
                }
            throw Refusal.wrongState(id, payment.state, wanted: "in suspense", hint: hint)
        }
        _ = try acceptance.complete(payment, device(serial, step), step)
        try expectProgress(id, from: .suspense, step)
        try step.questions.closeAll(of: id)
    }

    /// Records that the money was sent back, with the provider's reference for the refund.
    /// - Throws: `Refusal` if the payment does not exist or is in another state, and `StoreError`.
    package func refund(_ id: PaymentID, reference: String, _ step: Step) throws {
        var payment = try payment(id, step)
        if payment.state == .held, payment.device != nil {
            // The payment is good, but its device cannot be served.
            try acceptance.suspend(payment, step)
            payment = try self.payment(id, step)
        }
        guard payment.state == .suspense else {
            let hint: String? =
                switch payment.state {
                case .held: "approve it first, or reject it"
                case .completed, .tokenPending: "it was used; 'reverse' undoes its use"
                default: nil
                }
            throw Refusal.wrongState(id, payment.state, wanted: "in suspense", hint: hint)
        }
        try step.ledger.book(
            "payment refunded",
            [Posting(.suspense, payment.amount), Posting(.refunds, .zero - payment.amount)], payment: id, at: step.now)
        try step.payments.move(id, to: .refunded, note: reference, at: step.now)
        try tickets.settle(.cannotServe(id), "the payment is refunded", step)
        try step.questions.closeAll(of: id)
        try step.announce(.paymentRefunded, id.number, reference)
        try notifications.refunded(payment, reference: reference, step)
    }

    // MARK: Payments that were used

    /// Reverses a payment that the provider took back, when staff know this from a source other than a notice.
    /// - Throws: `Refusal` if the payment does not exist or cannot be reversed, and `StoreError`.
    package func reverse(_ id: PaymentID, reason: String, _ step: Step) throws {
        let payment = try payment(id, step)
        guard !payment.state.isOver else {
            throw Refusal.wrongState(id, payment.state, wanted: "reversible", hint: nil)
        }
        _ = try reversals.reverse(payment, note: reason, step)
    }

    /// Moves a payment to another device: undoes its use and uses it again. A sent token stays valid; with `charges`
    /// the owner of the former device owes its worth.
    /// - Throws: `Refusal` if the payment is in another state or cannot be used, or a token was sent and `charges` is
    ///   not set, and `StoreError`.
    package func reassign(
        _ id: PaymentID, to serial: Serial, charges: Bool, _ step: Step
    ) throws {
        let payment = try payment(id, step)
        guard payment.state == .completed || payment.state == .tokenPending else {
            let hint: String? =
                switch payment.state {
                case .suspense: "'assign' it"
                case .held: "'approve' it with --device \(serial.text)"
                default: nil
                }
            throw Refusal.wrongState(id, payment.state, wanted: "used", hint: hint)
        }
        let device = try device(serial, step)
        guard payment.device != device.id else { throw Refusal.sameDevice(id, serial) }
        if try step.vendorTokens.request(of: id)?.state == .asking { throw Refusal.onTheWire(id) }
        let remains = try undo.undo(
            payment, into: .suspense, memo: "use taken back for another device", step)
        if remains.tokenWasSent, !charges { throw Refusal.tokenWasSent(id) }
        let formerOwner = try payment.device.flatMap { try step.registry.device($0) }
        try step.payments.move(id, to: .suspense, at: step.now)
        try step.payments.noteUndone(id)
        if let formerOwner {
            try notifications.takenBack(payment, from: formerOwner, remains, step)
        }
        guard let again = try step.payments.payment(id) else { return }
        _ = try acceptance.complete(again, device, step)
        try expectProgress(id, from: .suspense, step)
    }

    /// Sends the stored token again to those who received it. Never issues a new token.
    /// - Throws: `Refusal` if there is no payment, token or phone, and `StoreError`.
    package func resend(_ id: PaymentID, _ step: Step) throws {
        let payment = try payment(id, step)
        guard let token = try step.tokens.token(of: id), !token.digits.isEmpty,
            let device = try step.registry.device(token.device)
        else { throw Refusal.noToken(id) }
        guard try notifications.again(token, device, payment, step) else { throw Refusal.nobodyToSendTo(id) }
    }
}
