import ModemMessages

/// Decides the link's condition after a modem process has ended, and when to start the next one.
struct ModemSupervision {
    /// The condition to report and the delay before the next start.
    struct Decision: Equatable {
        let condition: ModemLink.Condition
        /// The delay before the next start.
        let pause: Duration
        /// What to do before that.
        let restart: ModemRestart?
        /// Whether the condition differs from the last reported one.
        let isNews: Bool
    }

    /// A process that ran longer than this resets the backoff.
    static let settled = Duration.seconds(30)

    private static let betweenLooksAtLock = Duration.seconds(30)
    /// A SIM that is only slow to start looks like none.
    private static let betweenLooksForSIM = Duration.seconds(5)
    private static let betweenLooksForPort = Duration.seconds(1)

    private var backOff = BackOff()
    private var escalation = Escalation()
    private var last = ModemLink.Condition.starting

    /// Handles the end of a process, with or without a failure, after it ran for `uptime`.
    mutating func ended(_ failure: ModemFailure?, after uptime: Duration, jitter: Double) -> Decision {
        if uptime > Self.settled { backOff = BackOff() }
        let isLocked = failure?.kind.isLock ?? false
        escalation.ended(after: uptime, isTrouble: !isLocked && failure?.kind != .noPort)
        let reason = (failure?.description ?? "the modem process ended") + escalation.words
        let condition: ModemLink.Condition = isLocked ? .needsOperator(reason: reason) : .down(reason: reason)
        defer { last = condition }
        return Decision(
            condition: condition, pause: pause(after: failure, jitter: jitter), restart: escalation.restart,
            isNews: condition != last)
    }

    /// A PIN is never sent twice, so looking again at a locked SIM is harmless: somebody may have unlocked it or changed
    /// it. A modem that is plugged in again is a new start.
    private mutating func pause(after failure: ModemFailure?, jitter: Double) -> Duration {
        switch failure?.kind {
        case .pinNeeded, .wrongPIN: return Self.betweenLooksAtLock * jitter
        case .noSIM: return Self.betweenLooksForSIM * jitter
        case .noPort:
            backOff = BackOff()
            return Self.betweenLooksForPort * jitter
        case .other, nil: return backOff.next(jitter: jitter)
        }
    }

    /// Records that a process became ready, so that its end is reported.
    mutating func becameReady() { last = .starting }
}
