import ModemMessages

/// Decides the link's condition after a modem process has ended, and when to start the next one.
struct ModemSupervision {
    /// The condition to report and the delay before the next start.
    struct Decision: Equatable {
        let condition: ModemLink.Condition
        /// The delay before the next start; `nil` to wait for an operator.
        let pause: Duration?
        /// Whether the condition differs from the last reported one.
        let isNews: Bool
    }

    /// A process that ran longer than this resets the backoff.
    static let settled = Duration.seconds(30)

    private var backOff = BackOff()
    private var last = ModemLink.Condition.starting

    /// Handles the end of a process, with or without a failure, after it ran for `uptime`.
    mutating func ended(_ failure: ModemFailure?, after uptime: Duration, jitter: Double) -> Decision {
        if uptime > Self.settled { backOff = BackOff() }
        let reason = failure?.description ?? "the modem process ended"
        // Three wrong PINs lock a SIM, so a refused PIN is not tried again.
        let isLocked = failure.map { $0.kind != .other } ?? false
        let condition: ModemLink.Condition = isLocked ? .needsOperator(reason: reason) : .down(reason: reason)
        defer { last = condition }
        return Decision(
            condition: condition, pause: isLocked ? nil : backOff.next(jitter: jitter), isNews: condition != last)
    }

    /// Records that a process became ready, so that its end is reported.
    mutating func becameReady() { last = .starting }
}
