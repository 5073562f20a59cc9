package struct TicketChangeBody: Codable, Sendable {
    package var category: String?
    package var priority: String?
    package var assigneeId: Int64?
    package var due: String?
    package init() {}
}
