package struct PayBody: Codable, Sendable {
    package var reference: String?
    package init(reference: String?) { self.reference = reference }
}
