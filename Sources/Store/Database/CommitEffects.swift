import Workers

/// What a transaction sets off once it has committed: collected while it is open, and forgotten when it is rolled back.
final class CommitEffects {
    /// The kinds of work that the transaction brings.
    var wakes: Set<Work> = []
    /// Whether listeners have something new to read.
    var isAnnounced = false

    func happen(_ signals: WakeSignals, _ announcements: Announcements) {
        for work in wakes { signals.wake(work) }
        if isAnnounced { announcements.ring() }
    }
}
