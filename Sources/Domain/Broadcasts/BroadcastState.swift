package enum BroadcastState: String, Codable, Sendable, CaseIterable {
    /// Waits for its time.
    case scheduled
    case running
    case paused
    case done
    case cancelled

    package var isOver: Bool { self == .done || self == .cancelled }
}
