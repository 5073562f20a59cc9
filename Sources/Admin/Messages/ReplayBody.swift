package struct ReplayBody: Codable, Sendable {
    package var message: Int64?
    /// RFC 3339.
    package var since: String?
    /// If true, only reports which messages now read differently.
    package var dryRun: Bool?

    package init(message: Int64?, since: String?, dryRun: Bool?) {
        self.message = message
        self.since = since
        self.dryRun = dryRun
    }
}
