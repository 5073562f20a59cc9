import Domain
import Store
import Workers

/// Uses the balances that wallets state by USSD: they heal the chain of balances, prove payments and contradict others.
package struct BalanceChecks: Sendable {
    private let company: Company
    private let desk: WalletDesk
    private let proved: ProvenNotices
    private let acceptance: PaymentAcceptance
    private let settings: GatewaySettings

    package init(_ gateway: Gateway) {
        company = gateway.company
        desk = WalletDesk(gateway)
        proved = ProvenNotices(gateway)
        acceptance = PaymentAcceptance(gateway)
        settings = gateway.settings
    }

    /// Stores what a wallet answered. What its balance explains is released; what it contradicts is held.
    /// - Throws: `StoreError`.
    package func take(_ check: WalletCheck, _ step: Step) throws {
        let key = check.wallet
        let earlier = try step.walletChecks.answered(of: key, limit: 10)
        try step.walletChecks.add(check, before: check.answeredAt.adding(WalletDesk.clockSlack))
        guard let balance = check.balance else { return }
        let silent = try SilentCredits(check, balance: balance).proved(since: earlier, step)
        let links = try desk.anchor(check, at: balance, step)
        _ = try proved.goOn(silent + links, step)
        try holdContradicted(check, balance, since: earlier.first?.askedAt, step)
    }

    /// Whether a payment's wait goes on until the wallet has answered.
    func postpones(_ payment: Payment, _ step: Step) throws -> Bool {
        guard let (key, _) = try step.walletNotices.openNotice(of: payment.id), try canAsk(key, step) else {
            return false
        }
        let waitOver = payment.receivedAt.adding(settings.trust.chainWait)
        let last = try step.walletChecks.last(of: key)
        guard step.now < waitOver.adding(WalletBalancePlan.longestWait), last.map({ $0.askedAt < waitOver }) ?? true
        else { return false }
        try step.wallets.wait(payment.id, until: step.now.adding(.seconds(30)))
        step.wake(.wallets)
        return true
    }

    /// The reason to hold a payment whose balance does not lead to what the wallet stated since; `nil` if there is none.
    func contradiction(of payment: Payment, _ step: Step) throws -> HoldReason? {
        guard let (key, notice) = try step.walletNotices.openNotice(of: payment.id), let text = notice.balance,
            let check = try step.walletChecks.answered(of: key).first, let balance = check.balance,
            check.askedAt >= payment.receivedAt.adding(WalletDesk.clockSlack)
        else { return nil }
        return .notInBalance(wallet: balance, text: text)
    }

    private func canAsk(_ key: WalletKey, _ step: Step) throws -> Bool {
        guard settings.walletBalances.contains(where: { $0.wallet == key }) else { return false }
        return try step.walletPINs.use(of: key)?.mayBeGiven ?? true
    }

    private func holdContradicted(_ check: WalletCheck, _ balance: Money, since: Timestamp?, _ step: Step) throws {
        let key = check.wallet
        let waitOver = step.ago(settings.trust.chainWait)
        let open = try step.walletNotices.openPayments(
            key, since: step.ago(WalletDesk.longestOpen), until: check.askedAt.adding(.zero - WalletDesk.clockSlack))
        var credited: [PaymentID] = []
        for (id, text) in open {
            guard let payment = try step.payments.payment(id) else { continue }
            let reason = HoldReason.notInBalance(wallet: balance, text: text)
            if payment.state == .received, payment.receivedAt <= waitOver {
                try step.wallets.stopWaiting(id)
                try acceptance.hold(payment, [reason], step)
            } else if UnprovenCredits.lacksOnlyProof(payment) {
                try step.payments.note([reason], onHeld: id, at: step.now)
            } else if payment.state.isCredited, try step.walletUse.isUnproven(id),
                since.map({ payment.receivedAt > $0 }) ?? true
            {
                credited.append(id)
            }
        }
        guard !credited.isEmpty else { return }
        let numbers = credited.prefix(5).map { "\($0)" }.joined(separator: ", ")
        try step.alert(
            .wallet,
            [
                "text":
                    "\(key.provider) holds \(company.text(balance)), which does not include payment \(numbers), credited without proof. Look at the wallet; if the money is not there: payments reverse \(credited[0])"
            ])
    }
}
