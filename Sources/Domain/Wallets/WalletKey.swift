/// A wallet of the company: a provider's, on the SIM of one modem.
package struct WalletKey: Hashable, Sendable {
    package let provider: String
    package let modem: String

    package init(provider: String, modem: String) {
        self.provider = provider
        self.modem = modem
    }
}
