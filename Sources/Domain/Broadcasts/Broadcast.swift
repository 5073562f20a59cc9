package struct Broadcast: Sendable, Hashable {
    package var id = BroadcastID(0)
    package var broadcastClass: BroadcastClass
    package var state: BroadcastState
    /// By language; the text for everybody else under the empty name.
    package var texts: [String: String]
    package var audience: Audience
    package var recipients: Int
    package var parts: Int
    /// Phones left out because they opted out.
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
