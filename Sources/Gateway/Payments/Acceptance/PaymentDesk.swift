import Store
import Domain
import Messages

/// Turns credit notices into payments: checks whether they can be trusted and has them used.
struct PaymentDesk: Sendable {
    /// Number of recent credits that show which fields a wallet always prints.
    private static let habit = 10

    private let checks: TrustChecks
    private let smscs: WalletSMSCs
    private let company: Company
    private let library: CurrentLibrary
    private let settings: GatewaySettings
    private let acceptance: PaymentAcceptance
    private let wallets: WalletDesk
    private let unproven: UnprovenCredits
    private let proved: ProvenNotices
    private let words: HoldReasonWords
    private let pairing: NoticePairing

    init(_ gateway: Gateway) {
        checks = TrustChecks(gateway)
        smscs = WalletSMSCs(gateway)
        company = gateway.company
        library = gateway.library
        settings = gateway.settings
        acceptance = PaymentAcceptance(gateway)
        wallets = WalletDesk(gateway)
        unproven = UnprovenCredits(gateway)
        proved = ProvenNotices(gateway)
        words = HoldReasonWords(gateway)
        pairing = NoticePairing()
    }

    func take(_ reading: ProviderReading, _ message: InboxMessage, _ step: Step) throws
        -> Outcome
    {
        guard let provider = reading.provider, var payment = self.payment(reading, provider, message, step.now) else {
            return Outcome(
                .review, provider: reading.provider, format: reading.format,
                note: "the amount cannot be booked")
        }
        var outcome = Outcome(.credit, provider: provider, format: reading.format)
        let habits = try step.payments.habits(of: provider, least: Self.habit)
        if let earlier = try step.payments.payment(provider: provider, transactionID: payment.transactionID) {
            return try seenBefore(payment, as: earlier, byID: true, reading, message, step, outcome)
        }
        var reasons = checks.reasonsToHold(
            payment, reading.fields, library.reader.provider(provider), message)
        switch try pairing.payments(like: payment, step) {
        case .none: break
        case .one(let earlier):
            // A doubtful text must not take the place of the true one.
            if try reasons.isEmpty && smscs.standing(of: message, provider, step) != .new {
                return try seenBefore(payment, as: earlier, byID: false, reading, message, step, outcome)
            }
            reasons.append(.severalAlike)
        case .unsure: reasons.append(.severalAlike)
        case .refused(let notice):
            try step.notices.pair(notice)
            reasons.append(.refusedNotice)
        }
        let id = try step.payments.insertNew(payment)
        payment.id = id
        if let reversal = try step.earlyReversals.find(
            provider: provider, transactionID: payment.transactionID)
        {
            try step.earlyReversals.end(reversal, at: step.now)
            if reversal.isProved, reversal.amount.map({ $0 == payment.amount }) ?? true {
                try step.payments.move(id, to: .reversed, at: step.now)
                let consequences = try wallets.take(reading, message, mayStart: false, step)
                try step.announce(.paymentReversed, id.number)
                let others = try proved.goOn(consequences, step)
                let note = "payment \(id) was reversed by the provider before its notice arrived"
                outcome.note = ([note] + others).joined(separator: "; ")
                return outcome
            }
            reasons.append(reversal.isProved ? .reversalOfAnotherAmount : .unprovenReversal)
        }
        if reading.lacksIdentifier { reasons.append(.noTransactionID) }
        if let habits { reasons += Self.lacks(payment, habits) }
        // A held payment also raised the wallet's balance, so its notice joins the chain.
        let consequences = try wallets.take(
            reading, message, payment: id, mayStart: reasons.isEmpty, step)
        if !reasons.isEmpty {
            outcome.note = try acceptance.hold(payment, reasons, step)
        } else {
            outcome.note = try decide(payment, consequences.proof, message, step)
        }
        let others = try proved.goOn(consequences, but: id, step)
        outcome.note = ([outcome.note].compactMap { $0 } + others).joined(separator: "; ")
        return outcome
    }

    /// The checks passed; the proof decides whether to credit.
    private func decide(
        _ payment: Payment, _ proof: WalletDesk.Proof, _ message: InboxMessage, _ step: Step
    ) throws -> String {
        switch proof {
        case .proved:
            // Without a chain, the SMSC is the only evidence.
            let isChainAsked = settings.trust.asks(.chain, of: payment.provider)
            let standing = try smscs.standing(of: message, payment.provider, step)
            guard isChainAsked || standing != .new else { return try unproven.decide(payment, step) }
            return try acceptance.accept(payment.id, step)
        case .open where settings.trust.chainWait > .zero:
            try step.wallets.wait(payment.id, until: step.now.adding(settings.trust.chainWait))
            try step.announce(.paymentWaits, payment.id.number)
            return "payment \(payment.id) waits for the message that its balance follows from"
        case .open, .supposed, .silent: return try unproven.decide(payment, step)
        }
    }

    /// The fields that this notice lacks although all recent credits of the wallet had them.
    private static func lacks(_ payment: Payment, _ habits: PrintedHabits) -> [HoldReason] {
        let lacking: [(HoldReason.PrintedField, Bool)] = [
            (.id, habits.hasIdentifier && payment.printedID == nil),
            (.balance, habits.hasBalance && payment.newBalance == nil),
            (.time, habits.hasTime && payment.providerTime == nil),
        ]
        return lacking.filter(\.1).map { .lacks($0.0) }
    }

    private func payment(_ reading: ProviderReading, _ provider: String, _ message: InboxMessage, _ now: Timestamp)
        -> Payment?
    {
        let fields = reading.fields
        guard let currency = Currency(code: fields.currency ?? company.currency.code),
            let amount = fields.amount.flatMap({ Money(decimal: $0, in: currency) }), amount.isPositive
        else { return nil }
        let newBalance = fields.newBalance.flatMap { Money(decimal: $0, in: currency) }
        // Notices without an id get a fingerprint: equal minute, amount, payer and balance mean the same transaction.
        let transactionID =
            fields.txnID
            ?? "~"
            + [
                fields.timestamp.map { WallTime(date: $0.date, minute: $0.minute).text }
                    ?? (newBalance == nil ? sentMinute(message) : ""),
                "\(amount.minor)",
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

    /// The minute the message was sent, for notices that print neither time nor balance. Without it, the same amount
    /// paid again a week later would count as a duplicate.
    private func sentMinute(_ message: InboxMessage) -> String {
        let sent = company.calendar.wallTime(at: message.sentAt ?? message.receivedAt)
        return WallTime(date: sent.date, minute: sent.minute).text
    }

    /// Handles two notices with one id that contradict each other. One of them may be forged.
    private func contradict(
        _ earlier: Payment, _ reading: ProviderReading, _ message: InboxMessage, _ step: Step
    ) throws {
        let reason = HoldReason.contradicted(by: message.id)
        if earlier.state == .received {
            try step.wallets.stopWaiting(earlier.id)
            _ = try acceptance.hold(earlier, [reason], step)
        } else {
            try step.alert(
                .review,
                [
                    "number": "\(message.id)",
                    "text": "payment \(earlier.id): \(try words.english([reason]))".excerpt(80),
                ])
        }
        let consequences = try wallets.take(reading, message, mayStart: false, step)
        _ = try proved.goOn(consequences, step)
    }

    /// Handles another notice of a known transaction. It never creates a second payment. `byID`: the payment was found by
    /// the id, and not by what both notices say.
    private func seenBefore(
        _ payment: Payment, as earlier: Payment, byID: Bool, _ reading: ProviderReading, _ message: InboxMessage,
        _ step: Step, _ outcome: Outcome
    ) throws -> Outcome {
        var outcome = outcome
        try step.notices.pair(earlier.id)
        // The next copy of this text is recognized by its id.
        if !byID { try step.payments.alias(earlier, as: payment.transactionID) }
        try step.payments.noteSighting(of: earlier.id, in: message.id, at: step.now)
        outcome.note = "duplicate of payment \(earlier.id)"
        if earlier.newBalance == nil, payment.newBalance != nil, earlier.amount == payment.amount {
            // The other notice of a pair; it prints the wallet's balance.
            try step.walletNotices.closeSilent(of: earlier.id)
            var consequences = try wallets.take(
                reading, message, payment: earlier.id, mayStart: byID, step)
            if consequences.proof == .proved { consequences.proved.payments.append(earlier.id) }
            _ = try proved.goOn(consequences, step)
        } else if let balance = payment.newBalance, balance != earlier.newBalance || earlier.amount != payment.amount {
            try contradict(earlier, reading, message, step)
        }
        let balances = [earlier.newBalance, payment.newBalance].compactMap { $0 }
        let isSure = reading.fields.txnID != nil || !byID
        if !isSure || earlier.amount != payment.amount || Set(balances).count > 1 {
            // Without an id it may be another payment; with another amount it is not a copy. Staff must check.
            outcome.disposition = .review
        }
        return outcome
    }
}
