import Domain
import Messages
import Store

/// Reminds staff once a day of what weakens the trust in a wallet: nobody looked what it holds, texts are missing, or no
/// wallet is in use at all.
package struct WalletWatch: Sendable {
    private let gateway: Gateway

    package init(_ gateway: Gateway) { self.gateway = gateway }

    func take(_ transaction: Transaction, _ now: Timestamp) throws {
        let local = gateway.company.calendar.wallTime(at: now)
        guard let minute = local.minute, minute >= gateway.settings.digestMinute,
            try transaction.clock.begin("wallets", on: local.date)
        else { return }
        for text in try concerns(transaction) { try transaction.alerts.note(.wallet, ["text": text], at: now) }
    }

    /// What staff should know of the wallets, in words; empty when all is well.
    package func concerns(_ transaction: Transaction) throws -> [String] {
        let inUse = gateway.library.reader.providers.map(\.id)
        guard !inUse.isEmpty else {
            return [
                "No wallet is in use: no payment is credited. List them in [payments] providers, or 'wallets use ID'"
            ]
        }
        return try transaction.wallets.all().filter { inUse.contains($0.key.provider) }.compactMap(words)
    }

    /// What is wrong with one wallet; `nil` when its chain is anchored and whole.
    func words(about wallet: Wallet) -> String? {
        let provider = wallet.key.provider
        guard gateway.settings.trust.asks(.chain, of: provider) else { return nil }
        if wallet.gapAt != nil {
            let held = gateway.company.text(wallet.balance)
            return
                "\(provider): texts do not follow from \(held), one was lost or forged. Look at the wallet: wallets balance \(provider) AMOUNT"
        }
        if !wallet.isAnchored {
            return
                "\(provider): nobody has said what it holds, so little is credited. Look at it: wallets balance \(provider) AMOUNT"
        }
        return nil
    }

    /// A text that could be money of a wallet that is not in use: staff hear of it once a day and wallet.
    func noteUnused(_ wallet: String, _ message: InboxMessage, _ transaction: Transaction, _ now: Timestamp) throws {
        let today = gateway.company.calendar.today(at: now)
        guard try transaction.clock.begin("unused wallet \(wallet)", on: today) else { return }
        try transaction.alerts.note(
            .wallet,
            [
                "text":
                    "\(wallet) is not in use, and message \(message.id) could be money. If it is yours: wallets use \(wallet)"
            ],
            at: now)
    }
}
