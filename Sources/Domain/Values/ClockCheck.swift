/// Whether the machine's clock can be believed, by the latest moment that the books have seen.
///
/// A clock that lost its battery stands in 1970; one that was set wrongly makes tokens that every later one is older than.
package enum ClockCheck {
    package enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// It stands before what has been.
        case behind(Timestamp)
        /// It stands further ahead than the gateway is likely to have been off.
        case ahead(Timestamp)
        /// The SMSCs' time stamps of recent messages say another day; the seconds by which it is ahead of them.
        case offNetwork(seconds: Int64)

        package var description: String {
            switch self {
            case .behind(let mark): "the clock stands more than an hour before \(mark.rfc3339), when it was seen last"
            case .offNetwork(let seconds):
                "the clock stands \(abs(seconds) / 86_400) days \(seconds > 0 ? "after" : "before") the time that the network prints on messages; set it, or if it is right, say 'gridpost clock accept'"
            case .ahead(let mark):
                "the clock stands more than a year after \(mark.rfc3339), when it was seen last; if it is right, say 'gridpost clock accept'"
            }
        }
    }

    /// An hour back is a clock set by hand, or by summer time.
    package static let mostBack = Duration.seconds(3_600)
    package static let mostAhead = Duration.seconds(366 * 86_400)

    /// Further from the network's time than any time zone, or a mistake in one, can be.
    package static let mostOff = Duration.seconds(86_400)
    /// So many recent messages are looked at, and so many must say the same.
    package static let witnesses = (looked: 5, needed: 3)
    /// Messages that waited somewhere are late by different times; those of a wrong clock are all off by the same.
    package static let mostSpread = Duration.seconds(3_600)

    /// What the time stamps of recent messages say: by how much each came later than its stamp, in milliseconds.
    package static func fault(lateBy: [Int64]) -> Fault? {
        guard lateBy.count >= witnesses.needed, let least = lateBy.min(), let most = lateBy.max() else { return nil }
        let (off, spread) = (mostOff.components.seconds * 1_000, mostSpread.components.seconds * 1_000)
        // A stamp of days to come is of no message that waited.
        if most < -off { return .offNetwork(seconds: most / 1_000) }
        return least > off && most - least <= spread ? .offNetwork(seconds: least / 1_000) : nil
    }

    /// No clock of this software has ever stood before it: 2024-01-01.
    package static let floor = Timestamp(seconds: 1_704_067_200)

    /// What is wrong with `now`, when the clock stood at `mark` before; `nil` when nothing is, or nothing is known.
    package static func fault(_ now: Timestamp, after mark: Timestamp?) -> Fault? {
        if now < floor { return .behind(mark ?? floor) }
        guard let mark else { return nil }
        if now < mark.adding(.zero - mostBack) { return .behind(mark) }
        return now > mark.adding(mostAhead) ? .ahead(mark) : nil
    }
}
