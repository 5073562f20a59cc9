import Domain
import Store

/// Lets go on what a wallet's chain proved: payments that waited or were held for want of proof, and reversals.
struct ProvedNotices: Sendable {
    private let acceptance: PaymentAcceptance
    private let unproven: UnprovenCredits
    private let reversals: ReversalDesk

    init(_ gateway: Gateway) {
        acceptance = PaymentAcceptance(gateway)
        unproven = UnprovenCredits(gateway)
        reversals = ReversalDesk(gateway)
    }

    /// Everything that follows from a notice but itself, which is `own`. Returns what became of it, in words.
    func goOn(
        _ consequences: WalletDesk.Consequences, but own: PaymentID? = nil, _ transaction: Transaction, _ now: Timestamp
    ) throws -> [String] {
        let proved = try goOn(consequences.proved, but: own, transaction, now)
        let decided = try consequences.decided.filter { $0 != own }.compactMap { id -> String? in
            guard let payment = try transaction.payments.payment(id), payment.state == .received else { return nil }
            return try unproven.decide(payment, transaction, now)
        }
        return proved + decided
    }

    func goOn(
        _ proved: WalletNoticeRecords.Proved, but own: PaymentID? = nil, _ transaction: Transaction, _ now: Timestamp
    ) throws -> [String] {
        for id in proved.payments { try transaction.walletUse.prove(id, at: now) }
        let payments = try proved.payments.filter { $0 != own }.compactMap { id -> String? in
            guard let payment = try transaction.payments.payment(id) else { return nil }
            try transaction.wallets.stopWaiting(id)
            guard payment.state == .received || UnprovenCredits.lacksOnlyProof(payment) else { return nil }
            return try acceptance.acceptOrHold(payment, transaction, now)
        }
        let taken = try proved.reversals.compactMap { message in
            try transaction.walletNotices.reversed(by: message).flatMap {
                try reversals.carryOut($0, message, transaction, now)
            }
        }
        return payments + taken
    }
}
