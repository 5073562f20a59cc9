package struct RejectBody: Codable, Sendable {
    package var reason: String
    /// If true, the payer gets no SMS.
    package var quiet: Bool?
    package init(reason: String, quiet: Bool?) {
        self.reason = reason
        self.quiet = quiet
    }
}
