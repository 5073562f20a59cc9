/// Where an outgoing message stands.
package enum OutboxState: String, Codable, Sendable, CaseIterable {
    case queued
    case sending
    case sent
    case delivered
    case failed
    case expired
    case cancelled
    /// Nobody can know whether the network took it.
    case unknown
}
