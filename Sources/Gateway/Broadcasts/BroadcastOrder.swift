import Domain

/// A request to send a broadcast.
package struct BroadcastOrder: Sendable {
    package var audience: Audience
    /// The text for each language; the text under the empty key is for all other languages.
    package var texts: [String: String]
    package var broadcastClass: BroadcastClass
    /// When to start; `nil` for at once.
    package var startsAt: Timestamp?

    package init(
        audience: Audience, texts: [String: String], broadcastClass: BroadcastClass, startsAt: Timestamp? = nil
    ) {
        self.audience = audience
        self.texts = texts
        self.broadcastClass = broadcastClass
        self.startsAt = startsAt
    }
}
