package struct ReasonBody: Codable, Sendable {
    package var reason: String?
    package init(reason: String?) { self.reason = reason }
}
