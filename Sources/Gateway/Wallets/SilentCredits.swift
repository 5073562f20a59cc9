import Domain
import Store

/// Credits of a wallet whose texts state no balance. Two balances of the wallet prove them in arrears if the credits
/// between are exactly their difference.
struct SilentCredits {
    private let check: WalletCheck
    private let balance: Money

    private let slack = WalletDesk.clockSlack

    init(_ check: WalletCheck, balance: Money) {
        self.check = check
        self.balance = balance
    }

    /// The credits since one of the earlier checks that explain the balance; none if no sum does.
    func proved(since earlier: [WalletCheck], _ step: Step) throws -> WalletNoticeRecords.Proved {
        let recent = try step.walletNotices.notices(check.wallet, since: step.ago(WalletDesk.longestOpen))
        for base in earlier where base.askedAt > step.ago(WalletDesk.longestOpen) {
            let between = recent.filter { $0.toldAt > base.answeredAt && $0.toldAt <= check.askedAt }
            // Money that came while the wallet was asked may be in its balance or not.
            let isUnsure = recent.contains { notice in
                let afterBase =
                    notice.toldAt.since(base.askedAt) >= .zero - slack
                    && notice.toldAt.since(base.answeredAt) <= slack
                return afterBase || notice.toldAt.since(check.askedAt) >= .zero - slack
            }
            guard !isUnsure else { continue }
            // Of a notice that may be a credit or a payment, the sum proves nothing.
            let changes = between.compactMap { $0.isSilent && Set($0.changes).count == 1 ? $0.changes.first : nil }
            // A forged credit and a forged reversal would cancel each other.
            guard !between.isEmpty, changes.count == between.count, changes.allSatisfy(\.isPositive),
                let before = base.balance,
                before + changes.sum == balance
            else { continue }
            return try step.walletNotices.close(between)
        }
        return .init()
    }
}
