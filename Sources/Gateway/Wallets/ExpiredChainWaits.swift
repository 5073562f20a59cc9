import Store
import Domain

/// Decides payments whose chain did not close in time, after the wallet was asked for its balance if it can be: credits
/// them within the wallet's daily budget, else holds them.
struct ExpiredChainWaits: Sendable {
    private let walletWatch: WalletWatch
    private let unproven: UnprovenCredits
    private let wallets: WalletDesk
    private let checks: BalanceChecks
    private let acceptance: PaymentAcceptance

    init(_ gateway: Gateway) {
        walletWatch = WalletWatch(gateway)
        unproven = UnprovenCredits(gateway)
        wallets = WalletDesk(gateway)
        checks = BalanceChecks(gateway)
        acceptance = PaymentAcceptance(gateway)
    }

    func take(_ step: Step) throws {
        for id in try step.wallets.overdue(at: step.now, limit: 100) {
            guard let payment = try step.payments.payment(id), payment.state == .received else {
                try step.wallets.stopWaiting(id)
                continue
            }
            if let reason = try checks.contradiction(of: payment, step) {
                try step.wallets.stopWaiting(id)
                try acceptance.hold(payment, [reason], step)
                continue
            }
            if try checks.postpones(payment, step) { continue }
            try reportGap(payment, step)
            try step.wallets.stopWaiting(id)
            try wallets.suppose(id, step)
            _ = try unproven.decide(payment, step)
        }
    }

    /// Alerts staff, once for each gap.
    private func reportGap(_ payment: Payment, _ step: Step) throws {
        guard let (key, _) = try step.walletNotices.openNotice(of: payment.id),
            // An unanchored chain starts anew, and staff are reminded of it daily.
            try step.wallets.wallet(key)?.isAnchored == true,
            try step.wallets.noteGap(key, at: step.now), let wallet = try step.wallets.wallet(key)
        else { return }
        try step.alert(
            .wallet, ["text": walletWatch.words(about: wallet) ?? ""])
        try step.announce(.walletGap, payment.id.number, key.provider)
    }
}
