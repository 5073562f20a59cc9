import Store
import Domain

/// Decides payments whose chain did not close in time: credits them within the wallet's daily budget, else holds them.
struct ExpiredChainWaits: Sendable {
    private let walletWatch: WalletWatch
    private let unproven: UnprovenCredits
    private let wallets: WalletDesk

    init(_ gateway: Gateway) {
        walletWatch = WalletWatch(gateway)
        unproven = UnprovenCredits(gateway)
        wallets = WalletDesk(gateway)
    }

    func take(_ step: Step) throws {
        for id in try step.wallets.overdue(at: step.now, limit: 100) {
            try step.wallets.stopWaiting(id)
            guard let payment = try step.payments.payment(id), payment.state == .received else { continue }
            try reportGap(payment, step)
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
