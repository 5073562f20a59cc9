import Foundation

/// Converts between moments and the company's local days and times.
package struct CompanyCalendar: Sendable {
    private let zone: TimeZone

    /// Creates a calendar; `nil` if the system's time zone database does not have the identifier.
    package init?(timeZone identifier: String) {
        guard let zone = TimeZone(identifier: identifier) else { return nil }
        self.zone = zone
    }

    /// The local time at a moment.
    package func wallTime(at moment: Timestamp) -> WallTime {
        let date = Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
        let local = moment.milliseconds.flooredDivision(by: 1000) + Int64(zone.secondsFromGMT(for: date))
        let days = local.flooredDivision(by: 86_400)
        let second = Int(local - days * 86_400)
        return WallTime(date: CalendarDate(daysSince1970: Int(days)), minute: second / 60, second: second % 60)
    }

    /// The start of the company's day that contains a moment.
    package func midnight(at moment: Timestamp) -> Timestamp {
        start(of: today(at: moment))
    }

    /// The first moment of a day. If clocks are set forward at midnight, the first moment that exists.
    package func start(of date: CalendarDate) -> Timestamp {
        let utc = Int64(date.daysSince1970) * 86_400
        // The offset at noon of that day is a first guess; the offset at the moment found with it is exact.
        func offset(at seconds: Int64) -> Int64 {
            Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
        }
        let guess = utc - offset(at: utc + 43_200)
        let exact = utc - offset(at: guess)
        return Timestamp(seconds: wallTime(at: Timestamp(seconds: exact)).date < date ? guess : exact)
    }

    /// The moment of a local time; the first of two when clocks are set back. `nil` if the time of day is unknown.
    package func moment(of local: WallTime) -> Timestamp? {
        guard let minute = local.minute else { return nil }
        let utc = Int64(local.date.daysSince1970) * 86_400 + Int64(minute * 60 + (local.second ?? 0))
        func offset(at seconds: Int64) -> Int64 {
            Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
        }
        let guess = utc - offset(at: utc)
        return Timestamp(seconds: utc - offset(at: guess))
    }

    /// The company's date at a moment.
    package func today(at moment: Timestamp) -> CalendarDate { wallTime(at: moment).date }
}
