import Workers

/// Signals that a transaction sends after its commit. They are collected during the transaction and dropped on
/// rollback.
final class CommitEffects {
    /// The kinds of work to wake workers for.
    var wakes: Set<Work> = []
    /// Whether to notify the listeners to events.
    var isAnnounced = false

    /// Sends the collected signals.
    func happen(_ signals: WakeSignals, _ announcements: Announcements) {
        for work in wakes { signals.wake(work) }
        if isAnnounced { announcements.ring() }
    }
}
