package struct ApplianceBody: Codable, Sendable {
    package var name: String?
    package var price: String?
    package var remindBeforeDays: Int?
    package var remindAfterDays: Int?
    package init() {}
}
