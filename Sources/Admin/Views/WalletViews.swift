import Domain
import Store

/// A wallet of the company: what it holds as far as its texts prove it, and who speaks for it.
package struct WalletView: Codable, Sendable {
    package struct CentreView: Codable, Sendable {
        package var number: String
        package var firstSeen: String
        package var lastSeen: String
        package var messages: Int
        /// Texts from here are believed.
        package var known: Bool
    }

    package var provider: String
    package var modem: String
    package var balance: MoneyView
    package var at: String
    /// Since when texts do not follow from that balance.
    package var gapSince: String?
    /// Texts that follow from nothing yet.
    package var open: Int
    package var centres: [CentreView]

    init(_ wallet: Wallet, open: Int, _ centres: [WalletCentre], _ currency: Currency) {
        provider = wallet.key.provider
        modem = wallet.key.modem
        balance = MoneyView(wallet.balance, currency)
        at = wallet.at.rfc3339
        gapSince = wallet.gapAt?.rfc3339
        self.open = open
        self.centres = centres.map {
            CentreView(
                number: $0.number, firstSeen: $0.firstSeen.rfc3339, lastSeen: $0.lastSeen.rfc3339,
                messages: $0.messages, known: $0.isKnown)
        }
    }
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

    package init(provider: String, number: String) {
        self.provider = provider
        self.number = number
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
