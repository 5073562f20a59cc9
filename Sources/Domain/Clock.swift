import Foundation

/// The one source of the time of day. Tests bring their own.
package protocol WallClock: Sendable {
    var now: Timestamp { get }
}

/// The machine's clock.
package struct SystemClock: WallClock {
    package init() {}
    package var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}

/// The company's time zone, for days and hours that people mean.
package struct CompanyCalendar: Sendable {
    private let zone: TimeZone

    /// `nil` for an identifier that the system's time zone database does not have.
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

    package func today(at moment: Timestamp) -> CalendarDate { wallTime(at: moment).date }
}
