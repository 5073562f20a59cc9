import Domain
import Store

/// Payments whose chain nobody closed in time: small ones are credited, staff decide the rest.
struct ExpiredWaits: Sendable {
    private let gateway: Gateway
    private let acceptance: PaymentAcceptance

    init(_ gateway: Gateway) {
        self.gateway = gateway
        acceptance = PaymentAcceptance(gateway)
    }

    func take(_ transaction: Transaction, _ now: Timestamp) throws {
        for id in try transaction.wallets.overdue(at: now, limit: 100) {
            try transaction.wallets.stopWaiting(id)
            guard let payment = try transaction.payments.payment(id), payment.state == .received else { continue }
            try reportGap(payment, transaction, now)
            if payment.amount <= gateway.settings.trust.unverifiedLimit {
                _ = try acceptance.acceptOrHold(payment, transaction, now)
            } else {
                try acceptance.hold(payment, [WalletDesk.noProof], transaction, now)
            }
        }
    }

    /// Once for each gap.
    private func reportGap(_ payment: Payment, _ transaction: Transaction, _ now: Timestamp) throws {
        guard let (key, _) = try transaction.wallets.openNotice(of: payment.id),
            try transaction.wallets.noteGap(key, at: now), let wallet = try transaction.wallets.wallet(key)
        else { return }
        let text =
            "\(key.provider): notices do not follow from \(gateway.company.text(wallet.balance)), a text was lost or forged; look at the wallet"
        try transaction.alerts.note(
            .review, ["number": "\(payment.message ?? InboxMessageID(0))", "text": text], at: now)
        try transaction.events.note(.walletGap, payment.id.number, key.provider, at: now)
    }
}
