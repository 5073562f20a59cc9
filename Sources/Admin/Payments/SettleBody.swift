package struct SettleBody: Codable, Sendable {
    /// None where the maker has charged the device over the air.
    package var token: String?
    package init(token: String?) { self.token = token }
}
