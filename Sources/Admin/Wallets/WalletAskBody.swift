package struct WalletAskBody: Codable, Sendable {
    package var provider: String
    /// The modem whose SIM has the wallet; required if there are several.
    package var modem: String?

    package init(provider: String, modem: String?) {
        self.provider = provider
        self.modem = modem
    }
}
