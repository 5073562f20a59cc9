import Domain
import Store

/// Continues what a wallet's chain has proved: payments that waited or were held for lack of proof, and reversals.
struct ProvenNotices: Sendable {
    private let acceptance: PaymentAcceptance
    private let unproven: UnprovenCredits
    private let reversals: ReversalDesk

    init(_ gateway: Gateway) {
        acceptance = PaymentAcceptance(gateway)
        unproven = UnprovenCredits(gateway)
        reversals = ReversalDesk(gateway)
    }

    /// Continues all consequences of a notice, except for its own payment `own`. Returns notes about the results.
    func goOn(
        _ consequences: WalletDesk.Consequences, but own: PaymentID? = nil, _ step: Step
    ) throws -> [String] {
        let proved = try goOn(consequences.proved, but: own, step)
        let decided = try consequences.decided.filter { $0 != own }.compactMap { id -> String? in
            guard let payment = try step.payments.payment(id), payment.state == .received else { return nil }
            return try unproven.decide(payment, step)
        }
        return proved + decided
    }

    func goOn(
        _ proved: WalletNoticeRecords.Proved, but own: PaymentID? = nil, _ step: Step
    ) throws -> [String] {
        for id in proved.payments { try step.walletUse.prove(id, at: step.now) }
        let payments = try proved.payments.filter { $0 != own }.compactMap { id -> String? in
            guard let payment = try step.payments.payment(id) else { return nil }
            try step.wallets.stopWaiting(id)
            guard payment.state == .received || UnprovenCredits.lacksOnlyProof(payment) else { return nil }
            return try acceptance.acceptOrHold(payment, step)
        }
        let taken = try proved.reversals.compactMap { message in
            try step.walletNotices.reversed(by: message).flatMap {
                try reversals.carryOut($0, message, step)
            }
        }
        return payments + taken
    }
}
