import Domain
import Messages
import Store
import Workers

/// Turns wallets' notices over HTTP into payments, on the same terms as their SMS.
package struct NoticeDesk: Sendable {
    private let steps: StepRunner
    private let pairing: NoticePairing
    private let checks: TrustChecks
    private let library: CurrentLibrary
    private let finder = DeviceFinder()
    private let allocator: PaymentAllocator
    private let acceptance: PaymentAcceptance
    private let unproven: UnprovenCredits
    private let wallets: WalletDesk
    private let proved: ProvenNotices

    package init(_ gateway: Gateway) {
        steps = gateway.steps
        pairing = NoticePairing()
        checks = TrustChecks(gateway)
        library = gateway.library
        allocator = PaymentAllocator(gateway)
        acceptance = PaymentAcceptance(gateway)
        unproven = UnprovenCredits(gateway)
        wallets = WalletDesk(gateway)
        proved = ProvenNotices(gateway)
    }

    /// Decides a notice, and does everything that follows from it, in one step. `evidence` is kept:
    /// the fields without secrets.
    /// - Throws: `StoreError`.
    package func take(_ notice: PaymentNotice, evidence: String, wantsReport: Bool) async throws -> NoticeDecision {
        try await steps.perform { try self.take(notice, evidence, wantsReport, $0) }
    }

    /// Whether a payment would be refused now, for a provider that asks before it takes the money. Nothing is changed.
    /// - Throws: `StoreError`.
    package func look(_ notice: PaymentNotice) async throws -> NoticeRefusal? {
        struct TakenBack: Error { let refusal: NoticeRefusal? }
        do {
            return try await steps.perform { step -> NoticeRefusal? in
                throw TakenBack(refusal: try self.refusal(of: notice, step))
            }
        } catch let outcome as TakenBack {
            return outcome.refusal
        }
    }

    /// The stored decision on an earlier notice; `nil` if there is none.
    /// - Throws: `StoreError`.
    package func decision(_ driver: String, _ id: String) async throws -> NoticeDecision? {
        // In line with the notices that are being taken, not beside them.
        try await steps.perform { try $0.notices.notice(driver, id)?.decision }
    }

    private func take(_ notice: PaymentNotice, _ evidence: String, _ wantsReport: Bool, _ step: Step) throws
        -> NoticeDecision
    {
        if let earlier = try step.notices.notice(notice.driver, notice.id) {
            if earlier.amount != notice.amount || earlier.wallet != notice.wallet {
                try step.alert(
                    .notice,
                    [
                        "text":
                            "\(notice.driver) sent notice \(notice.id.excerpt(40)) again with another amount; it changed nothing"
                    ])
            }
            return earlier.decision
        }
        let report: StoredNotice.Report = wantsReport ? .due : .none
        func keep(_ decision: NoticeDecision, isPaired: Bool = false) throws -> NoticeDecision {
            try step.notices.insert(notice, decision, isPaired: isPaired, report: report, at: step.now)
            if wantsReport { step.wake(.notices) }
            return decision
        }
        let alike = try pairing.payments(like: notice, step)
        if case .one(let payment) = alike {
            let message = try evidenceMessage(of: notice, evidence, "another notice of payment \(payment.id)", step)
            try step.payments.noteSighting(of: payment.id, in: message, at: step.now)
            for id in notice.receipts { try step.payments.alias(payment, as: id) }
            let decision = try keep(.accepted(payment.id), isPaired: true)
            try goOn(payment, notice, message, step)
            return decision
        }
        if notice.canRefuse, case .none = alike, let refusal = try refusal(of: notice, step) {
            return try keep(.refused(refusal))
        }
        let message = try evidenceMessage(of: notice, evidence, "a payment notice", step)
        var payment = payment(notice, message, step.now)
        payment.id = try step.payments.insertNew(payment)
        for id in notice.receipts { try step.payments.alias(payment, as: id) }
        let decision = try keep(.accepted(payment.id))
        let isAlike = if case .unsure = alike { true } else { false }
        try accept(payment, notice, isAlike: isAlike, step)
        return decision
    }

    private func evidenceMessage(of notice: PaymentNotice, _ evidence: String, _ note: String, _ step: Step) throws
        -> InboxMessageID
    {
        try step.inbox.storeNotice(notice.origin, evidence, provider: notice.wallet, note: note, at: step.now)
    }

    private func payment(_ notice: PaymentNotice, _ message: InboxMessageID?, _ now: Timestamp) -> Payment {
        Payment(
            provider: notice.wallet, transactionID: notice.receipts[0], amount: notice.amount,
            currency: notice.currency, payerName: notice.payerName, payerPhone: notice.payerPhone,
            reference: notice.reference, newBalance: nil, fee: nil, providerTime: notice.time?.text, message: message,
            receivedAt: now)
    }

    private func accept(_ payment: Payment, _ notice: PaymentNotice, isAlike: Bool, _ step: Step) throws {
        guard let message = try payment.message.flatMap({ try step.inbox.message($0) }) else { return }
        var reasons = reasonsToHold(payment, notice, message)
        if isAlike { reasons.append(.severalAlike) }
        if let reversal = try step.earlyReversals.find(
            provider: payment.provider, transactionID: payment.transactionID)
        {
            try step.earlyReversals.end(reversal, at: step.now)
            if reversal.isProved, reversal.amount.map({ $0 == payment.amount }) ?? true {
                try step.payments.move(payment.id, to: .reversed, at: step.now)
                return try step.announce(.paymentReversed, payment.id.number)
            }
            reasons.append(reversal.isProved ? .reversalOfAnotherAmount : .unprovenReversal)
        }
        // Only a proven notice may explain a change of the balance.
        if notice.isProven {
            var fields = PaymentFields()
            fields.amount = payment.amount.decimal(in: step.company.currency)
            let consequences = try wallets.take(
                .credit(of: notice.wallet, fields), message, payment: payment.id, mayStart: false, step)
            _ = try proved.goOn(consequences, but: payment.id, step)
        }
        if !reasons.isEmpty {
            try acceptance.hold(payment, reasons, step)
        } else if notice.isProven {
            try step.walletUse.prove(payment.id, at: step.now)
            _ = try acceptance.acceptOrHold(payment, step)
        } else {
            _ = try unproven.decide(payment, step)
        }
    }

    private func reasonsToHold(_ payment: Payment, _ notice: PaymentNotice, _ message: InboxMessage) -> [HoldReason] {
        var fields = PaymentFields()
        // A proven notice may come late: the provider repeats it until it is answered.
        if !notice.isProven { fields.timestamp = notice.time }
        return checks.reasonsToHold(payment, fields, library.reader.provider(payment.provider), message)
    }

    /// Goes on with a payment that an SMS announced, too: a proven notice ends its wait for a proof. A notice that says
    /// something else proves nothing.
    private func goOn(_ payment: Payment, _ notice: PaymentNotice, _ message: InboxMessageID, _ step: Step) throws {
        guard payment.amount == notice.amount, payment.currency == notice.currency, !payment.state.isUndone else {
            if payment.state == .received {
                try step.wallets.stopWaiting(payment.id)
                try acceptance.hold(payment, [.contradicted(by: message)], step)
            }
            return try step.alert(
                .review,
                [
                    "number": "\(message)",
                    "text":
                        "\(notice.driver) says \(step.company.text(notice.amount)) of payment \(payment.id), which is \(step.company.text(payment.amount)) and \(payment.state.rawValue)",
                ])
        }
        guard notice.isProven else { return }
        try step.walletUse.prove(payment.id, at: step.now)
        try step.wallets.stopWaiting(payment.id)
        guard payment.state == .received || UnprovenCredits.lacksOnlyProof(payment) else { return }
        _ = try acceptance.acceptOrHold(payment, step)
    }

    /// Why the payment should be refused; `nil` if it can be used.
    private func refusal(of notice: PaymentNotice, _ step: Step) throws -> NoticeRefusal? {
        guard notice.currency == step.company.currency.code else { return .otherCurrency }
        let payment = payment(notice, nil, step.now)
        guard case .device(let device) = try finder.find(payment, step) else { return .unknownDevice }
        guard payment.amount.isPositive else { return nil }
        do {
            let use = try step.attempt { try allocator.plan(payment, device, step) }.use
            return use.buysSomething ? nil : .tooSmall
        } catch is PaymentAllocator.CannotServe {
            return .cannotServe
        }
    }
}

extension PaymentAllocation {
    /// Whether money is used for anything but credit.
    fileprivate var buysSomething: Bool {
        makesToken || !instalments.isEmpty || !access.isEmpty || !ownInstalments.isEmpty || service.isPositive
    }
}
