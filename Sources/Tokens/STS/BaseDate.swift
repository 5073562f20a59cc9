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

extension Int64 {
    /// Whether the minute is 00:01 of a day.
    var isReserved: Bool { self % 1_440 == 1 }
}
