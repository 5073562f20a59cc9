import Domain
import Messages
import Store

/// Makes payments of credit notices: checks whether they can be trusted, and has the money used.
struct PaymentDesk: Sendable {
    /// So many credits in a row tell what a wallet always prints.
    private static let habit = 10

    private let gateway: Gateway
    private let acceptance: PaymentAcceptance
    private let wallets: WalletDesk
    private let unproven: UnprovenCredits
    private let proved: ProvedNotices

    init(_ gateway: Gateway) {
        self.gateway = gateway
        acceptance = PaymentAcceptance(gateway)
        wallets = WalletDesk(gateway)
        unproven = UnprovenCredits(gateway)
        proved = ProvedNotices(gateway)
    }

    func take(_ reading: ProviderReading, _ message: InboxMessage, _ transaction: Transaction, _ now: Timestamp) throws
        -> Outcome
    {
        guard let provider = reading.provider, var payment = self.payment(reading, provider, message, now) else {
            return Outcome(
                .review, provider: reading.provider, format: reading.format,
                note: "the amount cannot be kept in the books")
        }
        var outcome = Outcome(.credit, provider: provider, format: reading.format)
        let habits = try transaction.payments.habits(of: provider, least: Self.habit)
        guard let id = try transaction.payments.insert(payment) else {
            return try seenBefore(payment, reading, message, transaction, now, outcome)
        }
        payment.id = id
        var reasons = TrustChecks(gateway).reasonsToHold(
            payment, reading.fields, gateway.library.reader.provider(provider), message)
        if let reversal = try transaction.earlyReversals.find(
            provider: provider, transactionID: payment.transactionID)
        {
            try transaction.earlyReversals.end(reversal, at: now)
            if reversal.isProved, reversal.amount.map({ $0 == payment.amount }) ?? true {
                try transaction.payments.move(id, to: .reversed, at: now)
                let consequences = try wallets.take(reading, message, mayStart: false, transaction, now)
                try transaction.events.note(.paymentReversed, id.number, at: now)
                let others = try proved.goOn(consequences, transaction, now)
                let note = "payment \(id) was reversed by the provider before its notice came"
                outcome.note = ([note] + others).joined(separator: "; ")
                return outcome
            }
            reasons.append(
                reversal.isProved
                    ? "a reversal of another amount came before it" : "a reversal of it came, which nothing proves")
        }
        if reading.lacksIdentifier { reasons.append("the text has no transaction id of the provider's shape") }
        if let habits { reasons += Self.lacks(payment, habits) }
        // What is held came in all the same: the wallet's balance went up by it.
        let consequences = try wallets.take(
            reading, message, payment: id, mayStart: reasons.isEmpty, transaction, now)
        if !reasons.isEmpty {
            try acceptance.hold(payment, reasons, transaction, now)
            outcome.note = "payment \(id) is held: \(reasons.joined(separator: "; "))"
        } else {
            outcome.note = try decide(payment, consequences.proof, message, transaction, now)
        }
        let others = try proved.goOn(consequences, but: id, transaction, now)
        outcome.note = ([outcome.note].compactMap { $0 } + others).joined(separator: "; ")
        return outcome
    }

    /// Nothing speaks against the payment: what speaks for it decides.
    private func decide(
        _ payment: Payment, _ proof: WalletDesk.Proof, _ message: InboxMessage, _ transaction: Transaction,
        _ now: Timestamp
    ) throws -> String {
        switch proof {
        case .proved:
            // Without a chain the SMSC is all that there is.
            let isChainAsked = gateway.settings.trust.asks(.chain, of: payment.provider)
            let standing = try WalletCentres(gateway).standing(of: message, payment.provider, transaction)
            guard isChainAsked || standing != .new else { return try unproven.decide(payment, transaction, now) }
            return try acceptance.accept(payment.id, transaction, now)
        case .open where gateway.settings.trust.chainWait > .zero:
            try transaction.wallets.wait(payment.id, until: now.adding(gateway.settings.trust.chainWait))
            try transaction.events.note(.paymentWaits, payment.id.number, at: now)
            return "payment \(payment.id) waits for a text that its balance follows from"
        case .open, .supposed, .silent: return try unproven.decide(payment, transaction, now)
        }
    }

    /// What a text lacks that the wallet's credits always had.
    private static func lacks(_ payment: Payment, _ habits: PrintedHabits) -> [String] {
        let lacking = [
            ("id", habits.hasIdentifier && payment.printedID == nil),
            ("balance", habits.hasBalance && payment.newBalance == nil),
            ("time", habits.hasTime && payment.providerTime == nil),
        ].filter(\.1).map(\.0)
        return lacking.map { "the text has no \($0), and the wallet's texts always had one" }
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

    /// Where a text prints neither a time nor a balance, the same money again next week is another payment.
    private func sentMinute(_ message: InboxMessage) -> String {
        let sent = gateway.company.calendar.wallTime(at: message.sentAt ?? message.receivedAt)
        return WallTime(date: sent.date, minute: sent.minute).text
    }

    /// One id, two stories: one of them is forged, and nobody knows which.
    private func contradict(
        _ earlier: Payment, _ reading: ProviderReading, _ message: InboxMessage, _ transaction: Transaction,
        _ now: Timestamp
    ) throws {
        let reason = "another text with its id says something else: message \(message.id)"
        if earlier.state == .received {
            try transaction.wallets.stopWaiting(earlier.id)
            try acceptance.hold(earlier, [reason], transaction, now)
        } else {
            try transaction.alerts.note(
                .review, ["number": "\(message.id)", "text": "payment \(earlier.id): \(reason)".excerpt(80)], at: now)
        }
        let consequences = try wallets.take(reading, message, mayStart: false, transaction, now)
        _ = try proved.goOn(consequences, transaction, now)
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
        if earlier.newBalance == nil, payment.newBalance != nil, earlier.amount == payment.amount {
            // The other half of a pair, which says what the wallet holds.
            try transaction.walletNotices.closeSilent(of: earlier.id)
            var consequences = try wallets.take(reading, message, payment: earlier.id, transaction, now)
            if consequences.proof == .proved { consequences.proved.payments.append(earlier.id) }
            _ = try proved.goOn(consequences, transaction, now)
        } else if let balance = payment.newBalance, balance != earlier.newBalance || earlier.amount != payment.amount {
            try contradict(earlier, reading, message, transaction, now)
        }
        let balances = [earlier.newBalance, payment.newBalance].compactMap { $0 }
        if reading.fields.txnID == nil || earlier.amount != payment.amount || Set(balances).count > 1 {
            // Without an id it may be another payment; with another amount it is no copy. A person looks.
            outcome.disposition = .review
        }
        return outcome
    }
}
