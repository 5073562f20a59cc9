import Domain

/// The start of a token's minute counter: 1 January, 00:00 UTC.
package enum BaseDate: Int, Sendable, Codable, CaseIterable {
    case y1993 = 1993
    case y2014 = 2014
    case y2035 = 2035

    /// The largest minute count in 24 bits.
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

    /// The token identifier of a time: whole minutes since the base date.
    ///
    /// - Throws: `TokenError` with code `identifierOutOfRange` outside the 24 bits.
    package func identifier(at moment: Timestamp) throws(TokenError) -> TokenIdentifier {
        let minutes = moment.milliseconds / 60_000 - minutesSince1970
        guard let identifier = TokenIdentifier(minutes) else {
            throw TokenError(
                .identifierOutOfRange,
                "this time is out of range for base date \(rawValue); change the meter to a later base date with a key change"
            )
        }
        return identifier
    }
}

/// TID: minutes since the base date, 24 bits. 00:01 of each day is reserved for special tokens and never used for an
/// ordinary one.
package struct TokenIdentifier: Hashable, Sendable, Comparable {
    package let minutes: Int64

    /// `nil` outside 24 bits.
    package init?(_ minutes: Int64) {
        guard (0...BaseDate.lastMinute).contains(minutes) else { return nil }
        self.minutes = minutes
    }

    package static func < (a: Self, b: Self) -> Bool { a.minutes < b.minutes }

    /// The identifier of a meter's next token: the current time, or the last identifier plus one, so that none is used
    /// twice.
    ///
    /// Many tokens within one minute run ahead of the clock. The caller must check that the clock is plausible.
    ///
    /// - Throws: `TokenError` with code `identifierOutOfRange` if the base date has no minutes left.
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
    /// Whether the minute is 00:01 of a day.
    fileprivate var isReserved: Bool { self % 1_440 == 1 }
}
