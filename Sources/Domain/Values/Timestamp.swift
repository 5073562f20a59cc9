/// A moment: milliseconds since 1970-01-01T00:00:00Z.
package struct Timestamp: Hashable, Sendable, Comparable, Codable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
    /// Saturates at the range of 64 bits.
    package init(seconds: Int64) {
        let (milliseconds, isBeyond) = seconds.multipliedReportingOverflow(by: 1_000)
        self.milliseconds = isBeyond ? (seconds < 0 ? .min : .max) : milliseconds
    }

    /// Decodes milliseconds.
    /// - Throws: `DecodingError` if the value is not an integer.
    package init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Encodes milliseconds.
    /// - Throws: The encoder's error if the value cannot be encoded.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    package static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }

    /// Saturates at the range of 64 bits.
    package func adding(_ duration: Duration) -> Timestamp {
        let (moment, isBeyond) = milliseconds.addingReportingOverflow(duration.milliseconds)
        return Timestamp(milliseconds: isBeyond ? (duration < .zero ? .min : .max) : moment)
    }

    /// The duration since `earlier`, negative if it is later. Saturates at the range of 64 bits.
    package func since(_ earlier: Timestamp) -> Duration {
        let (difference, isBeyond) = milliseconds.subtractingReportingOverflow(earlier.milliseconds)
        return .milliseconds(isBeyond ? (earlier.milliseconds > 0 ? Int64.min : .max) : difference)
    }

    /// Parses RFC 3339 with an offset: `2026-10-02T16:37:05Z` or `2026-10-02T19:37:05+03:00`.
    package init?(rfc3339 text: String) {
        let local: Substring
        let offset: Int64
        if text.hasSuffix("Z") {
            (local, offset) = (Substring(text.dropLast()), 0)
        } else {
            let zone = Substring(text.suffix(6))
            guard let sign = zone.first, sign == "+" || sign == "-",
                let away = WallTime("2000-01-01T" + zone.dropFirst()), let minute = away.minute, away.second == nil
            else { return nil }
            (local, offset) = (Substring(text.dropLast(6)), Int64(minute * 60) * (sign == "+" ? 1 : -1))
        }
        guard let time = WallTime(local), let minute = time.minute else { return nil }
        self.init(
            seconds: Int64(time.date.daysSince1970) * 86_400 + Int64(minute * 60 + (time.second ?? 0)) - offset)
    }

    /// The moment in RFC 3339, in UTC with seconds: `2026-10-02T16:37:05Z`.
    package var rfc3339: String {
        let seconds = milliseconds.flooredDivision(by: 1000)
        let days = seconds.flooredDivision(by: 86_400)
        let second = Int(seconds - days * 86_400)
        let time = WallTime(
            date: CalendarDate(daysSince1970: Int(days)), minute: second / 60, second: second % 60)
        return time.text + "Z"
    }
}

extension Duration {
    /// Whole milliseconds, truncated. Saturates at the range of 64 bits.
    package var milliseconds: Int64 {
        let (whole, isBeyond) = components.seconds.multipliedReportingOverflow(by: 1_000)
        let (sum, isPast) = whole.addingReportingOverflow(components.attoseconds / 1_000_000_000_000_000)
        return isBeyond || isPast ? (components.seconds < 0 ? .min : .max) : sum
    }
}

extension Int64 {
    /// Division that rounds toward negative infinity, for a positive divisor.
    func flooredDivision(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
