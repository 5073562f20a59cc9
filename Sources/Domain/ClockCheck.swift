/// Whether the machine's clock can be believed, by the latest moment that the books have seen.
///
/// A clock that lost its battery stands in 1970; one that was set wrongly makes tokens that every later one is older than.
package enum ClockCheck {
    package enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// It stands before what has been.
        case behind(Timestamp)
        /// It stands further ahead than the gateway is likely to have been off.
        case ahead(Timestamp)

        package var description: String {
            switch self {
            case .behind(let mark): "the clock stands more than an hour before \(mark.rfc3339), when it was seen last"
            case .ahead(let mark):
                "the clock stands more than a year after \(mark.rfc3339), when it was seen last; if it is right, say 'gridpost clock accept'"
            }
        }
    }

    /// An hour back is a clock set by hand, or by summer time.
    package static let mostBack = Duration.seconds(3_600)
    package static let mostAhead = Duration.seconds(366 * 86_400)

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
