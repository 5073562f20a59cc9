package enum BroadcastState: String, Codable, Sendable, CaseIterable {
    /// Waits for its time.
    case scheduled
    case running
    case paused
    case done
    case cancelled

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
