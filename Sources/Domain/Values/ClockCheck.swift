/// Checks whether the machine's clock is plausible, given the latest moment recorded in the database.
///
/// A clock whose battery failed starts in 1970. A clock set too far ahead makes tokens whose identifiers are higher
/// than those of all later tokens, which meters then reject as old.
package enum ClockCheck {
    /// A reason why the clock is implausible.
    package enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// The clock is more than `mostBack` before the latest recorded moment.
        case behind(Timestamp)
        /// The clock is more than `mostAhead` after the latest recorded moment.
        case ahead(Timestamp)
        /// The clock differs from the SMSC time stamps of recent messages by this many seconds; positive if it is
        /// ahead.
        case offNetwork(seconds: Int64)

        package var description: String {
            switch self {
            case .behind(let mark):
                "the clock is more than an hour before \(mark.rfc3339), the latest time recorded; set it"
            case .offNetwork(let seconds):
                "the clock is \(abs(seconds) / 86_400) days \(seconds > 0 ? "after" : "before") the network's time stamps on messages; set it, or if it is right, run 'gridpost clock accept'"
            case .ahead(let mark):
                "the clock is more than a year after \(mark.rfc3339), the latest time recorded; set it, or if it is right, run 'gridpost clock accept'"
            }
        }
    }

    /// Setting the clock by hand or the end of summer time may move it back by an hour.
    package static let mostBack = Duration.seconds(3_600)
    /// The gateway is not expected to be switched off for more than a year.
    package static let mostAhead = Duration.seconds(366 * 86_400)

    /// Larger than any time zone offset, and than any mistake in one.
    package static let mostOff = Duration.seconds(86_400)
    /// The number of recent messages examined, and the number needed for a finding.
    package static let witnesses = (looked: 5, needed: 3)
    /// Maximum spread of the delays of messages: delayed messages have different delays, while a wrong clock shifts all
    /// messages by the same amount.
    package static let mostSpread = Duration.seconds(3_600)

    /// Checks the clock against the network. `lateBy`: by how much each recent message was received after its SMSC time
    /// stamp, in milliseconds.
    package static func fault(lateBy: [Int64]) -> Fault? {
        guard lateBy.count >= witnesses.needed, let least = lateBy.min(), let most = lateBy.max() else { return nil }
        let (off, spread) = (mostOff.components.seconds * 1_000, mostSpread.components.seconds * 1_000)
        // A delayed message cannot have a time stamp in the future.
        if most < -off { return .offNetwork(seconds: most / 1_000) }
        return least > off && most - least <= spread ? .offNetwork(seconds: least / 1_000) : nil
    }

    /// The earliest plausible time, before which this software did not exist: 2024-01-01.
    package static let floor = Timestamp(seconds: 1_704_067_200)

    /// Checks `now` against `mark`, the latest recorded moment; `nil` if the clock is plausible or nothing is recorded.
    package static func fault(_ now: Timestamp, after mark: Timestamp?) -> Fault? {
        if now < floor { return .behind(mark ?? floor) }
        guard let mark else { return nil }
        if now < mark.adding(.zero - mostBack) { return .behind(mark) }
        return now > mark.adding(mostAhead) ? .ahead(mark) : nil
    }
}
