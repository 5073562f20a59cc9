/// The state of one part of an outgoing message.
package enum PartState: String, Codable, Sendable, CaseIterable {
    case waiting
    /// Handed to a modem that has not answered.
    case sending
    case sent
    case delivered
    case failed
    /// It is unknown whether the network accepted it.
    case unknown
}
