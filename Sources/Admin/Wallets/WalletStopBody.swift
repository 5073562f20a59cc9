package struct WalletStopBody: Codable, Sendable {
    package var provider: String

    package init(provider: String) { self.provider = provider }
}
