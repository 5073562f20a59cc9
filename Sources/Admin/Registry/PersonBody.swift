package struct PersonBody: Codable, Sendable {
    package var name: String?
    package var phones: [String]?
    package var language: String?
    package var miniGrids: [String]?
    package init() {}
}
