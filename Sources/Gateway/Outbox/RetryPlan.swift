import Domain
import ModemMessages

/// Decides what happens after a modem did not accept a part.
struct RetryPlan: Sendable, Hashable {
    enum Decision: Sendable, Hashable {
        case fail
        case giveUpAsUnknown
        /// Try again after this time, counted from now.
        case again(after: Duration, countsAttempt: Bool)
        /// Leave the message to another modem, at once.
        case elsewhere
        /// Leave the message to another modem, which may be back after this time.
        case elsewhereLater(after: Duration)

        /// Whether the message is another modem's from now on.
        var isRefusal: Bool {
            switch self {
            case .elsewhere, .elsewhereLater: true
            case .fail, .giveUpAsUnknown, .again: false
            }
        }
    }

    /// What was tried with the message before.
    struct Past: Sendable, Hashable {
        var attempts = 0
        /// The sends with an unknown outcome.
        var doubts = 0
        /// Whether another modem that has not refused the message could send it now.
        var hasAlternative = false
        /// Whether there is another modem that has not refused the message, though it may be away.
        var hasOther = false
    }

    /// `jitter`: factor from 0.8 to 1.2.
    static func decision(after failure: ModemFailure, of messageClass: MessageClass, _ past: Past, jitter: Double)
        -> Decision
    {
        switch failure.verdict {
        // Noise on the line also makes a modem call a message malformed.
        case .giveUp where malformed.contains(failure.code ?? 0) && past.attempts == 0:
            .again(after: .seconds(2) * jitter, countsAttempt: true)
        // A barred SIM refuses every number, so a refusal is final only once no other SIM is left to ask.
        case .giveUp where past.hasAlternative: .elsewhere
        case .giveUp where past.hasOther && past.attempts < mostRefusals:
            .elsewhereLater(after: .seconds(15) * (1 << min(past.attempts, 2)) * jitter)
        case .giveUp: .fail
        // The modem reported a failure for this message. Once may be the modem's fault; repeatedly, it is the
        // message's.
        case .modemTrouble where failure.code != nil && !failure.needsOperator:
            if past.hasAlternative {
                .elsewhere
            } else if past.attempts >= mostModemFailures {
                .fail
            } else {
                .again(after: .seconds(5) * (1 << past.attempts) * jitter, countsAttempt: true)
            }
        // The modem is at fault, not the message. The pause lets less urgent messages have their turn once it is back.
        case .modemTrouble: .again(after: .seconds(1) * jitter, countsAttempt: false)
        case .tryAgain:
            past.hasAlternative
                ? .elsewhere
                : .again(
                    after: min(.seconds(15) * (1 << min(past.attempts, 8)), .seconds(3_600)) * jitter,
                    countsAttempt: true)
        case .unknown:
            // Sending a token twice is better than never, but each copy may have arrived.
            if !messageClass.repeatsDoubtfulSends || past.doubts + 1 >= mostCopies {
                .giveUpAsUnknown
            } else {
                past.hasAlternative ? .elsewhere : .again(after: .seconds(1) * jitter, countsAttempt: true)
            }
        }
    }

    private static let mostModemFailures = 6
    /// A refusal is final after so many, which take a quarter of an hour, if the other modems stay away.
    private static let mostRefusals = 16
    /// The maximum number of copies of a message that the network may have taken.
    private static let mostCopies = 2
    /// CMS errors for a malformed message (3GPP TS 27.005, 3.2.5, and vendors' own).
    private static let malformed: Set<Int> = Set([304, 305, 538]).union(514...520).union(549...554)
}
