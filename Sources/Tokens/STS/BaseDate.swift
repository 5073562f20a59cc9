import Domain

/// Where a token's minute counter starts: 1 January, 00:00 UTC.
package enum BaseDate: Int, Sendable, Codable, CaseIterable {
    case y1993 = 1993
    case y2014 = 2014
    case y2035 = 2035

    /// The last minute that 24 bits hold.
    static let lastMinute: Int64 = 0xff_ffff

    var minutesSince1970: Int64 {
        let days: Int64 =
            switch self {
            case .y1993: 8_401
            case .y2014: 16_071
            case .y2035: 23_741
            }
        return days * 1_440
    }

    /// The token identifier of a moment: whole minutes since the base date.
    package func identifier(at moment: Timestamp) throws(TokenError) -> TokenIdentifier {
        let minutes = moment.milliseconds / 60_000 - minutesSince1970
        guard let identifier = TokenIdentifier(minutes) else {
            throw TokenError(
                .identifierOutOfRange,
                "base date \(rawValue) cannot count this moment; move the meter to a later base date with a key change")
        }
        return identifier
    }
}

/// TID: minutes since the base date, 24 bits. 00:01 of each day is kept for special tokens and never given
/// to an ordinary one.
package struct TokenIdentifier: Hashable, Sendable, Comparable {
    package let minutes: Int64

    /// `nil` outside 24 bits.
    package init?(_ minutes: Int64) {
        guard (0...BaseDate.lastMinute).contains(minutes) else { return nil }
        self.minutes = minutes
    }

    package static func < (a: Self, b: Self) -> Bool { a.minutes < b.minutes }

    /// The identifier for a meter's next token: now, or one more than the last one issued, so that none comes twice.
    ///
    /// Many tokens within one minute run ahead of the clock; whether the clock itself can be right is for the caller.
    package static func next(at now: TokenIdentifier, after last: TokenIdentifier?) throws(TokenError)
        -> TokenIdentifier
    {
        var minutes = max(now.minutes, last.map { $0.minutes + 1 } ?? 0)
        if minutes.isReserved { minutes += 1 }
        guard let next = TokenIdentifier(minutes) else {
            throw TokenError(.identifierOutOfRange, "the meter's base date has no minutes left")
        }
        return next
    }
}

extension Int64 {
    /// 00:01 of any day.
    fileprivate var isReserved: Bool { self % 1_440 == 1 }
}
