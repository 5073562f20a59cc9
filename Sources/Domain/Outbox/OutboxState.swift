/// The state of an outgoing message.
package enum OutboxState: String, Codable, Sendable, CaseIterable {
    case queued
    case sending
    case sent
    case delivered
    case failed
    case expired
    case cancelled
    /// It is unknown whether the network accepted it.
    case unknown
}
