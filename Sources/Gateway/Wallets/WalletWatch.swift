import Domain
import Messages
import Store

/// Reminds staff once a day of what weakens the trust in a wallet: nobody looked what it holds, texts are missing, or no
/// wallet is in use at all.
package struct WalletWatch: Sendable {
    private let company: Company
    private let library: CurrentLibrary
    private let settings: GatewaySettings

    package init(_ gateway: Gateway) {
        company = gateway.company
        library = gateway.library
        settings = gateway.settings
    }

    func take(_ step: Step) throws {
        let local = step.company.calendar.wallTime(at: step.now)
        guard let minute = local.minute, minute >= settings.digestMinute,
            try step.clock.begin("wallets", on: local.date)
        else { return }
        for text in try concerns(step) { try step.alert(.wallet, ["text": text]) }
    }

    /// What staff should know of the wallets, in words; empty when all is well.
    package func concerns(_ step: Step) throws -> [String] {
        let inUse = library.reader.providers.map(\.id)
        guard !inUse.isEmpty else {
            return [
                "No wallet is in use: no payment is credited. List them in [payments] providers, or 'wallets use ID'"
            ]
        }
        return try step.wallets.all().filter { inUse.contains($0.key.provider) }.compactMap(words)
    }

    /// What is wrong with one wallet; `nil` when its chain is anchored and whole.
    func words(about wallet: Wallet) -> String? {
        let provider = wallet.key.provider
        guard settings.trust.asks(.chain, of: provider) else { return nil }
        if wallet.gapAt != nil {
            let held = company.text(wallet.balance)
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
    func noteUnused(_ wallet: String, _ message: InboxMessage, _ step: Step) throws {
        let today = step.today
        guard try step.clock.begin("unused wallet \(wallet)", on: today) else { return }
        try step.alert(
            .wallet,
            [
                "text":
                    "\(wallet) is not in use, and message \(message.id) could be money. If it is yours: wallets use \(wallet)"
            ])
    }
}
