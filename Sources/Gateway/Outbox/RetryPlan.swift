import Domain
import ModemMessages

/// Decides what happens after a modem did not accept a part.
struct RetryPlan: Sendable, Hashable {
    enum Decision: Sendable, Hashable {
        case fail
        case giveUpAsUnknown
        /// Try again after this time, counted from now.
        case again(after: Duration, countsAttempt: Bool)
    }

    /// `attempts`: number of earlier attempts. `jitter`: factor from 0.8 to 1.2.
    static func decision(after failure: ModemFailure, of messageClass: MessageClass, attempts: Int, jitter: Double)
        -> Decision
    {
        switch failure.verdict {
        case .giveUp: .fail
        // The modem reported a failure for this message. Once may be the modem's fault; repeatedly, it is the
        // message's.
        case .modemTrouble where failure.code != nil && !failure.needsOperator:
            attempts >= mostModemFailures
                ? .fail : .again(after: .seconds(5) * (1 << attempts) * jitter, countsAttempt: true)
        // The modem is at fault, not the message. The pause lets less urgent messages have their turn once it is back.
        case .modemTrouble: .again(after: .seconds(1) * jitter, countsAttempt: false)
        case .tryAgain:
            .again(after: min(.seconds(15) * (1 << min(attempts, 8)), .seconds(3_600)) * jitter, countsAttempt: true)
        case .unknown:
            // Sending a token twice is better than never, but the number is limited, because each may have arrived.
            messageClass.repeatsDoubtfulSends && attempts < doubtfulPauses.count
                ? .again(after: doubtfulPauses[attempts] * jitter, countsAttempt: true) : .giveUpAsUnknown
        }
    }

    private static let mostModemFailures = 6
    private static let doubtfulPauses: [Duration] = [
        .seconds(1), .seconds(20), .seconds(120), .seconds(900), .seconds(3_600),
    ]
}
