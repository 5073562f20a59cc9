import Store
import Domain

/// Decides unproven payments: credits them within the wallet's daily budget, else holds them.
struct UnprovenCredits: Sendable {
    /// Whether a payment is held only for lack of proof.
    static func lacksOnlyProof(_ payment: Payment) -> Bool {
        payment.state == .held && !payment.reasons.isEmpty && payment.reasons.allSatisfy(\.isAnsweredByProof)
    }

    private let settings: GatewaySettings
    private let acceptance: PaymentAcceptance
    private let smscs: WalletSMSCs

    init(_ gateway: Gateway) {
        settings = gateway.settings
        acceptance = PaymentAcceptance(gateway)
        smscs = WalletSMSCs(gateway)
    }

    /// Credits or holds a payment. Returns a note about the result.
    func decide(_ payment: Payment, _ step: Step) throws -> String {
        try step.wallets.stopWaiting(payment.id)
        let message = try payment.message.flatMap { try step.inbox.message($0) }
        let standing = try message.map { try smscs.standing(of: $0, payment.provider, step) } ?? .unheard
        if standing == .new { return try hold(payment, .newSMSC, step) }
        let today = step.today
        let left =
            try budget(of: payment.provider, step)
            - step.walletUse.spent(of: payment.provider, on: today)
        let isGapTooOld = try message.map { try gapIsTooOld($0, payment, step) } ?? false
        guard payment.amount <= left, !isGapTooOld else { return try hold(payment, .beyondBudget, step) }
        let note = try acceptance.acceptOrHold(payment, step)
        // A payment that could not be credited must not use up the budget. One that waits for the clock will be credited.
        let decided = try step.payments.payment(payment.id)
        if decided?.state != .held || decided?.waitsForClock == true {
            try step.walletUse.spend(payment, on: today)
        }
        return note
    }

    /// The daily budget of a wallet for unproven credits.
    func budget(of provider: String, _ step: Step) throws -> Money {
        try step.walletUse.use(of: provider)?.budget ?? settings.trust.unverifiedLimit
    }

    private func hold(_ payment: Payment, _ reason: HoldReason, _ step: Step) throws -> String {
        try acceptance.hold(payment, [reason], step)
    }

    private func gapIsTooOld(
        _ message: InboxMessage, _ payment: Payment, _ step: Step
    ) throws -> Bool {
        // A notice over HTTP names no SIM: any gap of the wallet counts.
        let wallets = try step.wallets.all().filter { wallet in
            wallet.key.provider == payment.provider && (message.isOverHTTP || wallet.key.modem == message.modem)
        }
        return wallets.compactMap(\.gapAt).contains { step.now.since($0) > settings.trust.longestGap }
    }
}

extension Payment {
    /// Whether it is held only until the machine's clock is right.
    fileprivate var waitsForClock: Bool {
        state == .held && !reasons.isEmpty && reasons.allSatisfy { if case .clock = $0 { true } else { false } }
    }
}
