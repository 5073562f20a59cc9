/// A message to many recipients, with its texts and its progress.
package struct Broadcast: Sendable, Hashable {
    package var id = BroadcastID(0)
    package var broadcastClass: BroadcastClass
    package var state: BroadcastState
    /// Texts by language code; the text for all other languages has an empty key.
    package var texts: [String: String]
    package var audience: Audience
    package var recipients: Int
    package var parts: Int
    /// Number of phones left out because they opted out.
    package var optedOut: Int
    package var startsAt: Timestamp
    package var createdAt: Timestamp
    package var endedAt: Timestamp?

    package init(
        broadcastClass: BroadcastClass, state: BroadcastState, texts: [String: String], audience: Audience,
        recipients: Int, parts: Int, optedOut: Int, startsAt: Timestamp, createdAt: Timestamp
    ) {
        self.broadcastClass = broadcastClass
        self.state = state
        self.texts = texts
        self.audience = audience
        self.recipients = recipients
        self.parts = parts
        self.optedOut = optedOut
        self.startsAt = startsAt
        self.createdAt = createdAt
    }
}
