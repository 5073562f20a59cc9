import Domain
import StrictTOML

/// Reads `[[modems.wallets]]`: a wallet on the modem's SIM that is asked for its balance by USSD.
enum WalletSection {
    static func read(_ section: TOMLSection, modem: String) -> Configuration.Wallet? {
        let wallet = section.requiredString("wallet")
        let query = section.requiredString("query")
        let every = ConfigurationFile.askInterval(section, usual: .seconds(86_400))
        let pin = section.string("pin_file")
        guard let wallet, let query, let every else { return nil }
        let key = WalletKey(provider: wallet, modem: modem)
        return .init(plan: WalletBalancePlan(wallet: key, query: query, every: every), pinFile: pin)
    }
}
