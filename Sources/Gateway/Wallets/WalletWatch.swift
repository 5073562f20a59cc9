import Store
import Messages
import Domain

/// Alerts staff once a day to weaknesses in payment verification: unanchored chains, missing messages, or no wallet in
/// use.
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

    /// The concerns about the wallets, in words; empty if there are none.
    /// - Throws: `StoreError`.
    package func concerns(_ step: Step) throws -> [String] {
        let inUse = library.reader.providers.map(\.id)
        guard !inUse.isEmpty else {
            return [
                "No wallet is in use, so no payment is credited. List wallets in [payments] providers, or run 'wallets use ID'"
            ]
        }
        return try step.wallets.all().filter { inUse.contains($0.key.provider) }.compactMap(words)
    }

    /// The concern about one wallet; `nil` if its chain is anchored and has no gap.
    func words(about wallet: Wallet) -> String? {
        let provider = wallet.key.provider
        guard settings.trust.asks(.chain, of: provider) else { return nil }
        if wallet.gapAt != nil {
            let held = company.text(wallet.balance)
            return
                "\(provider): balances do not follow from \(held); a message was lost or forged. Check the wallet: wallets balance \(provider) AMOUNT"
        }
        if !wallet.isAnchored {
            return
                "\(provider): the balance was never confirmed, so little is credited. Check the wallet: wallets balance \(provider) AMOUNT"
        }
        return nil
    }

    /// Alerts staff to a message that could be money in a wallet that is not in use, once per day and wallet.
    func noteUnused(_ wallet: String, _ message: InboxMessage, _ step: Step) throws {
        let today = step.today
        guard try step.clock.begin("unused wallet \(wallet)", on: today) else { return }
        try step.alert(
            .wallet,
            [
                "text":
                    "\(wallet) is not in use, but message \(message.id) could be money. If the wallet is yours: wallets use \(wallet)"
            ])
    }
}
