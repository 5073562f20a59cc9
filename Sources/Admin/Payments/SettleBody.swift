package struct SettleBody: Codable, Sendable {
    /// Absent if the vendor has charged the device over the air.
    package var token: String?
    package init(token: String?) { self.token = token }
}
