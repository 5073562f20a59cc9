import Domain
import ModemLink
import Store

/// Decides payments that nothing proves: credited while the wallet's budget of the day lasts, then held.
struct UnprovenCredits: Sendable {
    /// Held for want of proof, and for nothing else.
    static let noProof = "nothing proves it, and it is beyond what may be credited without proof"
    static let newCentre = "it came from an SMSC that never spoke for its wallet before, and nothing else proves it"
    /// Reasons that a proof that comes later answers; the last is how databases of before have it.
    private static let answerable: Set<String> = [
        noProof, newCentre, "the wallet's balance does not follow from what it was known to hold",
    ]

    /// Whether a held payment lacks nothing but proof.
    static func lacksOnlyProof(_ payment: Payment) -> Bool {
        payment.state == .held && !payment.reasons.isEmpty && payment.reasons.allSatisfy(answerable.contains)
    }

    private let gateway: Gateway
    private let acceptance: PaymentAcceptance
    private let centres: WalletCentres

    init(_ gateway: Gateway) {
        self.gateway = gateway
        acceptance = PaymentAcceptance(gateway)
        centres = WalletCentres(gateway)
    }

    /// Credits or holds a payment. Returns what became of it, in words.
    func decide(_ payment: Payment, _ transaction: Transaction, _ now: Timestamp) throws -> String {
        try transaction.wallets.stopWaiting(payment.id)
        let message = try payment.message.flatMap { try transaction.inbox.message($0) }
        let standing = try message.map { try centres.standing(of: $0, payment.provider, transaction) } ?? .unheard
        if standing == .new { return try hold(payment, Self.newCentre, transaction, now) }
        let today = gateway.company.calendar.today(at: now)
        let left =
            try budget(of: payment.provider, transaction)
            - transaction.walletUse.spent(of: payment.provider, on: today)
        let isGapTooOld = try message.map { try gapIsTooOld($0, payment, transaction, now) } ?? false
        guard payment.amount <= left, !isGapTooOld else { return try hold(payment, Self.noProof, transaction, now) }
        let note = try acceptance.acceptOrHold(payment, transaction, now)
        // What cannot be credited takes nothing from the others.
        if try transaction.payments.payment(payment.id)?.state != .held {
            try transaction.walletUse.spend(payment, on: today)
        }
        return note
    }

    /// What a wallet may be credited in a day without proof.
    func budget(of provider: String, _ transaction: Transaction) throws -> Money {
        try transaction.walletUse.use(of: provider)?.budget ?? gateway.settings.trust.unverifiedLimit
    }

    private func hold(_ payment: Payment, _ reason: String, _ transaction: Transaction, _ now: Timestamp) throws
        -> String
    {
        try acceptance.hold(payment, [reason], transaction, now)
        return "payment \(payment.id) is held: \(reason)"
    }

    private func gapIsTooOld(
        _ message: InboxMessage, _ payment: Payment, _ transaction: Transaction, _ now: Timestamp
    ) throws -> Bool {
        let wallet = try transaction.wallets.wallet(WalletKey(provider: payment.provider, modem: message.modem))
        return wallet?.gapAt.map { now.since($0) > gateway.settings.trust.longestGap } ?? false
    }
}
