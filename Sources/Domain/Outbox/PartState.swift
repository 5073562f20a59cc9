/// Where one part of an outgoing message stands.
package enum PartState: String, Codable, Sendable, CaseIterable {
    case waiting
    /// Handed to a modem, which has not answered.
    case sending
    case sent
    case delivered
    case failed
    /// Nobody can know whether the network took it.
    case unknown
}
