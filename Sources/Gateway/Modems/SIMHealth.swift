import Domain

/// Whether each modem's SIM is barred: its network refuses message after message while other modems send theirs. It is
/// a pure function of the results reported so far.
struct SIMHealth: Sendable {
    private struct Record: Sendable {
        /// The messages refused since the last accepted part.
        var refused: Set<OutboxMessageID> = []
        var barredSince: Timestamp?
    }

    /// The refused messages after which a SIM counts as barred.
    private static let mostRefused = 5
    /// A barred SIM is tried again after this time.
    private static let rest = Duration.seconds(900)

    private var records: [String: Record] = [:]

    /// Records that the network accepted a part.
    mutating func accepted(_ modem: String) { records[modem] = nil }

    /// Records that the network refused a message that is now left to another modem. Returns whether the SIM counts as
    /// barred from now on.
    mutating func refused(_ message: OutboxMessageID, _ modem: String, at now: Timestamp) -> Bool {
        var record = records[modem, default: Record()]
        defer { records[modem] = record }
        // More need not be known.
        if record.refused.count < Self.mostRefused { record.refused.insert(message) }
        guard record.refused.count >= Self.mostRefused else { return false }
        defer { record.barredSince = now }
        return record.barredSince == nil
    }

    /// Records that no modem could send a message, such as one to a number that does not exist.
    mutating func excuse(_ message: OutboxMessageID) {
        for modem in records.keys { records[modem]?.refused.remove(message) }
    }

    /// Whether other modems are to send this modem's messages.
    func isBarred(_ modem: String, at now: Timestamp) -> Bool {
        guard let since = records[modem]?.barredSince else { return false }
        return since <= now && now.since(since) < Self.rest
    }
}
