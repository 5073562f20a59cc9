package struct ReplayView: Codable, Sendable {
    package struct ChangeView: Codable, Sendable {
        package var message: Int64
        package var from: String
        package var was: String
        package var becomes: String
        package var provider: String?
        package var format: String?
    }

    package var dryRun: Bool
    package var changes: [ChangeView]
}
