import Domain
import Store

/// Payments whose chain nobody closed in time are credited while the wallet's budget of the day lasts, then held.
struct ExpiredWaits: Sendable {
    private let gateway: Gateway
    private let unproven: UnprovenCredits
    private let wallets: WalletDesk

    init(_ gateway: Gateway) {
        self.gateway = gateway
        unproven = UnprovenCredits(gateway)
        wallets = WalletDesk(gateway)
    }

    func take(_ transaction: Transaction, _ now: Timestamp) throws {
        for id in try transaction.wallets.overdue(at: now, limit: 100) {
            try transaction.wallets.stopWaiting(id)
            guard let payment = try transaction.payments.payment(id), payment.state == .received else { continue }
            try reportGap(payment, transaction, now)
            try wallets.suppose(id, transaction)
            _ = try unproven.decide(payment, transaction, now)
        }
    }

    /// Once for each gap.
    private func reportGap(_ payment: Payment, _ transaction: Transaction, _ now: Timestamp) throws {
        guard let (key, _) = try transaction.walletNotices.open(of: payment.id),
            // A chain that nobody vouched for begins anew; staff are reminded of it daily.
            try transaction.wallets.wallet(key)?.isAnchored == true,
            try transaction.wallets.noteGap(key, at: now), let wallet = try transaction.wallets.wallet(key)
        else { return }
        try transaction.alerts.note(
            .wallet, ["text": WalletWatch(gateway).words(about: wallet) ?? ""], at: now)
        try transaction.events.note(.walletGap, payment.id.number, key.provider, at: now)
    }
}
