import Domain
import ModemMessages

/// What follows a part that was not accepted.
struct RetryPlan: Sendable, Hashable {
    enum Decision: Sendable, Hashable {
        case fail
        case giveUpAsUnknown
        /// Later; the time counts from now.
        case again(after: Duration, countsAttempt: Bool)
    }

    /// `attempts` made before, `jitter` 0.8...1.2.
    static func decision(after failure: ModemFailure, of messageClass: MessageClass, attempts: Int, jitter: Double)
        -> Decision
    {
        switch failure.verdict {
        case .giveUp: .fail
        // The modem answered this very message with a failure: once may be its trouble, often is the message's.
        case .modemTrouble where failure.code != nil && !failure.needsOperator:
            attempts >= mostModemFailures
                ? .fail : .again(after: .seconds(5) * (1 << attempts) * jitter, countsAttempt: true)
        // Trouble of the modem is not the message's fault; less urgent ones get their turn when it is back.
        case .modemTrouble: .again(after: .seconds(1) * jitter, countsAttempt: false)
        case .tryAgain:
            .again(after: min(.seconds(15) * (1 << min(attempts, 8)), .seconds(3_600)) * jitter, countsAttempt: true)
        case .unknown:
            // Better a token twice than never, but not for ever: each may have arrived.
            messageClass.repeatsDoubtfulSends && attempts < doubtfulPauses.count
                ? .again(after: doubtfulPauses[attempts] * jitter, countsAttempt: true) : .giveUpAsUnknown
        }
    }

    private static let mostModemFailures = 6
    private static let doubtfulPauses: [Duration] = [
        .seconds(1), .seconds(20), .seconds(120), .seconds(900), .seconds(3_600),
    ]
}
