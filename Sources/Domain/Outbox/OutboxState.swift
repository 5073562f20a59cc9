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

    /// The states that may follow this one.
    package var next: Set<OutboxState> {
        switch self {
        // A report of an earlier part may come while the rest waits for its next try.
        case .queued: [.sending, .expired, .cancelled, .failed]
        case .sending: [.queued, .sent, .delivered, .failed, .unknown]
        case .sent: [.delivered, .failed]
        case .unknown: [.failed]
        case .delivered, .failed, .expired, .cancelled: []
        }
    }
}
