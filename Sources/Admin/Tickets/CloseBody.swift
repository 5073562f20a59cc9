package struct CloseBody: Codable, Sendable {
    package var reason: String?
    /// If true, no SMS is sent about it.
    package var quiet: Bool?
    package init(reason: String?, quiet: Bool?) {
        self.reason = reason
        self.quiet = quiet
    }
}
