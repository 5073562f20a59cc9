import ModemMessages

/// Decides when a modem that keeps failing is restarted, not only opened again.
struct Escalation {
    /// A modem that worked this long is not the same trouble any more.
    static let calm = Duration.seconds(600)
    private static let step = 3

    private var failures = 0

    /// Records the end of a process. `isTrouble`: opening the modem again may not be enough.
    mutating func ended(after uptime: Duration, isTrouble: Bool) {
        if uptime > Self.calm || !isTrouble { failures = 0 }
        if isTrouble { failures += 1 }
    }

    /// What to do before the modem is opened the next time: every third time its radio is switched off and on, every
    /// sixth time it is restarted.
    var restart: ModemRestart? {
        guard failures > 0, failures.isMultiple(of: Self.step) else { return nil }
        return failures.isMultiple(of: 2 * Self.step) ? .modem : .radio
    }

    /// What has been done so far, for people; empty if the modem was only opened again. It changes only when more is
    /// done.
    var words: String {
        switch failures {
        case ..<Self.step: ""
        case ..<(2 * Self.step): "; its radio is switched off and on"
        default: "; it is restarted again and again"
        }
    }
}
