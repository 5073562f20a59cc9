import ModemMessages

/// Decides what follows the end of a modem's process: how the link is called, and when the next process is started.
struct ModemSupervision {
    /// What is to be done.
    struct Decision: Equatable {
        let condition: ModemLink.Condition
        /// How long to wait before the next start; `nil` until a person does something.
        let pause: Duration?
        /// Whether it says anything that was not said before.
        let isNews: Bool
    }

    /// A modem that worked so long gets a quick new start.
    static let settled = Duration.seconds(30)

    private var backOff = BackOff()
    private var last = ModemLink.Condition.starting

    /// A process ended, with a failure or without a word, after it had run for `uptime`.
    mutating func ended(_ failure: ModemFailure?, after uptime: Duration, jitter: Double) -> Decision {
        if uptime > Self.settled { backOff = BackOff() }
        let reason = failure?.description ?? "the modem process ended"
        // Three wrong PINs lock a SIM: what the SIM refused once is not tried again.
        let isLocked = failure.map { $0.kind != .other } ?? false
        let condition: ModemLink.Condition = isLocked ? .needsOperator(reason: reason) : .down(reason: reason)
        defer { last = condition }
        return Decision(
            condition: condition, pause: isLocked ? nil : backOff.next(jitter: jitter), isNews: condition != last)
    }

    /// A process is at work: whatever ends it next is news.
    mutating func becameReady() { last = .starting }
}
