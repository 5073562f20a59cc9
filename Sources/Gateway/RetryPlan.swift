import Domain
import ModemMessages

/// What follows a part that was not accepted.
struct RetryPlan: Sendable, Hashable {
    enum Step: Sendable, Hashable {
        case fail
        case giveUpAsUnknown
        /// Later; the time counts from now.
        case again(after: Duration, countsAttempt: Bool)
    }

    /// `attempts` made before, `jitter` 0.8...1.2.
    static func step(after failure: ModemFailure, of messageClass: MessageClass, attempts: Int, jitter: Double) -> Step
    {
        switch failure.verdict {
        case .giveUp: .fail
        // Trouble of the modem is not the message's fault.
        case .modemTrouble: .again(after: .milliseconds(500), countsAttempt: false)
        case .tryAgain:
            .again(after: min(.seconds(15) * (1 << min(attempts, 8)), .seconds(3_600)) * jitter, countsAttempt: true)
        case .unknown:
            // Better a token twice than never, but not for ever: each may have arrived.
            messageClass.repeatsDoubtfulSends && attempts < doubtfulPauses.count
                ? .again(after: doubtfulPauses[attempts] * jitter, countsAttempt: true) : .giveUpAsUnknown
        }
    }

    private static let doubtfulPauses: [Duration] = [
        .seconds(1), .seconds(20), .seconds(120), .seconds(900), .seconds(3_600),
    ]
}
