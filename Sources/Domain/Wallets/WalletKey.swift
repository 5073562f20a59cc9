/// Identifies a wallet of the company: a provider and the modem whose SIM has the wallet.
package struct WalletKey: Hashable, Sendable {
    package let provider: String
    package let modem: String

    package init(provider: String, modem: String) {
        self.provider = provider
        self.modem = modem
    }
}
