package struct TextBody: Codable, Sendable {
    package var text: String
    package init(text: String) { self.text = text }
}
