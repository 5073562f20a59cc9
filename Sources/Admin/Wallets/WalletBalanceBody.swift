package struct WalletBalanceBody: Codable, Sendable {
    package var provider: String
    /// The modem whose SIM has the wallet; required if there are several.
    package var modem: String?
    package var balance: String

    package init(provider: String, modem: String?, balance: String) {
        self.provider = provider
        self.modem = modem
        self.balance = balance
    }
}
