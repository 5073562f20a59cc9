/// The state of a broadcast.
package enum BroadcastState: String, Codable, Sendable, CaseIterable {
    /// Its start time has not come yet.
    case scheduled
    case running
    case paused
    case done
    case cancelled

    /// Whether the broadcast has ended, done or cancelled.
    package var isOver: Bool { self == .done || self == .cancelled }
}
