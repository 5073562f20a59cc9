import Domain
import Store

/// A wallet of the company: what it holds as far as its texts prove it, and who speaks for it.
package struct WalletView: Codable, Sendable {
    package struct SMSCView: Codable, Sendable {
        package var number: String
        package var firstSeen: String
        package var lastSeen: String
        package var messages: Int
        /// Texts that came through it are trusted.
        package var known: Bool
    }

    package var provider: String
    /// Its texts count as money.
    package var inUse: Bool
    /// On whose SIM it is; nothing until a text of it came.
    package var modem: String?
    package var balance: MoneyView?
    package var at: String?
    /// When somebody said what it holds; until then its texts prove nothing.
    package var anchoredAt: String?
    /// Since when texts do not follow from that balance.
    package var gapSince: String?
    /// Texts that follow from nothing yet.
    package var open: Int
    /// What may be credited in a day without proof, and what is left of it today.
    package var budget: MoneyView
    package var budgetLeft: MoneyView
    package var smscs: [SMSCView]

    init(_ provider: String, inUse: Bool, budget: MoneyView, left: MoneyView, _ smscs: [WalletSMSC]) {
        self.provider = provider
        self.inUse = inUse
        self.budget = budget
        budgetLeft = left
        open = 0
        self.smscs = smscs.map {
            SMSCView(
                number: $0.number, firstSeen: $0.firstSeen.rfc3339, lastSeen: $0.lastSeen.rfc3339,
                messages: $0.messages, known: $0.isKnown)
        }
    }

    /// Adds what the wallet's texts told of it.
    mutating func tell(_ wallet: Wallet, open: Int, _ currency: Currency) {
        modem = wallet.key.modem
        balance = MoneyView(wallet.balance, currency)
        at = wallet.at.rfc3339
        anchoredAt = wallet.anchoredAt?.rfc3339
        gapSince = wallet.gapAt?.rfc3339
        self.open = open
    }
}
