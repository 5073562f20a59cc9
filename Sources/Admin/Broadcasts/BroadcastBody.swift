package struct BroadcastBody: Codable, Sendable {
    /// The recipients: customers in any of the places who also have one of the values given for each attribute.
    /// `customers` adds single customers; `contractors` and `agents` are limited to the places, if any are given.
    package struct AudienceBody: Codable, Sendable {
        package var clusters: [String]?
        package var miniGrids: [String]?
        package var villages: [String]?
        package var groups: [String]?
        package var types: [String]?
        package var deviceKinds: [String]?
        package var tariffs: [String]?
        package var customers: [Int64]?
        package var contractors: Bool?
        package var agents: Bool?
        package var all: Bool?
        package init() {}
    }

    package struct TextBody: Codable, Sendable {
        /// Two letters. If absent, the text is for all recipients without a text in their own language.
        package var language: String?
        package var text: String
        package init(language: String?, text: String) {
            self.language = language
            self.text = text
        }
    }

    package var audience: AudienceBody
    package var texts: [TextBody]
    package var `class`: String
    /// RFC 3339, or `YYYY-MM-DDTHH:MM` in the company's time zone.
    package var at: String?

    package init(audience: AudienceBody, texts: [TextBody], class: String, at: String?) {
        self.audience = audience
        self.texts = texts
        self.class = `class`
        self.at = at
    }
}
