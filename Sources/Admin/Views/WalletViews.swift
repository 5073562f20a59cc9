import Domain
import Store

/// A wallet of the company: what it holds as far as its texts prove it, and who speaks for it.
package struct WalletView: Codable, Sendable {
    package struct CentreView: Codable, Sendable {
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
    package var centres: [CentreView]

    init(_ provider: String, inUse: Bool, budget: MoneyView, left: MoneyView, _ centres: [WalletCentre]) {
        self.provider = provider
        self.inUse = inUse
        self.budget = budget
        budgetLeft = left
        open = 0
        self.centres = centres.map {
            CentreView(
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

package struct WalletUseBody: Codable, Sendable {
    package var provider: String
    /// What may be credited of it in a day without proof, as an amount.
    package var budget: String?

    package init(provider: String, budget: String?) {
        self.provider = provider
        self.budget = budget
    }
}

package struct WalletStopBody: Codable, Sendable {
    package var provider: String

    package init(provider: String) { self.provider = provider }
}

package struct WalletBalanceBody: Codable, Sendable {
    package var provider: String
    /// On whose SIM the wallet is, where there are several.
    package var modem: String?
    package var balance: String

    package init(provider: String, modem: String?, balance: String) {
        self.provider = provider
        self.modem = modem
        self.balance = balance
    }
}

package struct WalletCentreBody: Codable, Sendable {
    package var provider: String
    package var number: String
    /// False takes the trust back; true when left out.
    package var trusted: Bool?

    package init(provider: String, number: String, trusted: Bool?) {
        self.provider = provider
        self.number = number
        self.trusted = trusted
    }
}

package struct ReplayBody: Codable, Sendable {
    package var message: Int64?
    /// RFC 3339.
    package var since: String?
    /// Only tells what would be read otherwise.
    package var dryRun: Bool?

    package init(message: Int64?, since: String?, dryRun: Bool?) {
        self.message = message
        self.since = since
        self.dryRun = dryRun
    }
}

package struct ReplayView: Codable, Sendable {
    package struct ChangeView: Codable, Sendable {
        package var message: Int64
        package var from: String
        package var was: String
        package var becomes: String
        package var provider: String?
        package var format: String?
    }

    package var dryRun: Bool
    package var changes: [ChangeView]
}
