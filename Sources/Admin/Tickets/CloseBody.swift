package struct CloseBody: Codable, Sendable {
    package var reason: String?
    /// Without an SMS to the other side.
    package var quiet: Bool?
    package init(reason: String?, quiet: Bool?) {
        self.reason = reason
        self.quiet = quiet
    }
}
