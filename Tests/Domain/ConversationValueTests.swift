import Domain
import TestSupport
import Testing

@Suite("Hours, moments and jobs")
struct ConversationValueTests {
    @Test(
        "hours are read as written, and nothing else is",
        arguments: [
            ("08:00-19:00", true), ("00:00-24:00", true), ("8:00-19:00", false), ("19:00-08:00", false),
            ("08:00-08:00", false), ("08:00", false), ("08:60-19:00", false), ("", false), ("24:00-24:00", false),
        ])
    func hours(text: String, isGood: Bool) { #expect((SendingHours(text) != nil) == isGood) }

    @Test("the wait is until the hours begin, never more than a day, and zero inside them")
    func wait() throws {
        let hours = try #require(SendingHours("08:00-19:00"))
        for minute in 0..<1_440 {
            let wait = hours.wait(at: minute)
            #expect((0..<1_440).contains(wait))
            #expect(hours.contains(minute: (minute + wait) % 1_440))
            #expect((wait == 0) == hours.contains(minute: minute))
        }
    }

    @Test(
        "a moment is read with its offset, and printed as it is",
        arguments: [
            ("2026-10-02T16:37:05Z", "2026-10-02T16:37:05Z"), ("2026-10-02T19:37:05+03:00", "2026-10-02T16:37:05Z"),
            ("2026-10-01T23:30:00-05:30", "2026-10-02T05:00:00Z"), ("2026-10-02T19:37", nil), ("2026-10-02", nil),
            ("2026-10-02T25:00:00Z", nil), ("soon", nil), ("", nil), ("2026-02-30T10:00:00Z", nil),
        ])
    func moments(text: String, printed: String?) { #expect(Timestamp(rfc3339: text)?.rfc3339 == printed) }

    @Test("a local time is the moment that the zone's clocks show it at, also around changes of the clock")
    func localTimes() throws {
        for zone in ["Africa/Dar_es_Salaam", "Africa/Nairobi", "Europe/Lisbon", "Africa/Casablanca", "UTC"] {
            let calendar = try #require(CompanyCalendar(timeZone: zone))
            for day in stride(from: 20_000, to: 21_500, by: 7) {
                let date = CalendarDate(daysSince1970: day)
                #expect(calendar.today(at: calendar.start(of: date)) == date)
                #expect(calendar.today(at: calendar.start(of: date).adding(.seconds(-1))) < date)
                let noon = WallTime(date: date, minute: 720)
                let moment = try #require(calendar.moment(of: noon))
                #expect(calendar.wallTime(at: moment).minute == 720)
            }
        }
    }

    @Test("a job goes from offered to its end; what is done is not declined, and what is over does not move")
    func jobs() {
        for status in JobStatus.allCases {
            for answer in JobAnswer.allCases {
                let next = status.after(answer)
                if !status.isOpen { #expect(next == nil) }
                if status == .done { #expect(next == (answer == .done ? .done : nil)) }
                if let next { #expect(next.rawValue == answer.rawValue) }
            }
        }
    }
}
