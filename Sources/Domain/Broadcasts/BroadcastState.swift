/// The state of a broadcast.
package enum BroadcastState: String, Codable, Sendable, CaseIterable {
    /// Its start time has not come yet.
    case scheduled
    case running
    case paused
    case done
    case cancelled

    /// Whether the broadcast has ended, done or cancelled.
    package var isOver: Bool { next.isEmpty }

    /// The states that may follow this one.
    package var next: Set<BroadcastState> {
        switch self {
        case .scheduled: [.running, .paused, .cancelled]
        case .running: [.paused, .done, .cancelled]
        case .paused: [.running, .scheduled, .cancelled]
        case .done, .cancelled: []
        }
    }
}
