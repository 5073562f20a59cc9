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
