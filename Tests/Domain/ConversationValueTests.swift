import Domain
import TestSupport
import Testing

@Suite("Sending hours, timestamps, local times and job answers")
struct ConversationValueTests {
    @Test(
        "sending hours are parsed, and malformed ones are rejected",
        arguments: [
            ("08:00-19:00", true), ("00:00-24:00", true), ("8:00-19:00", false), ("19:00-08:00", false),
            ("08:00-08:00", false), ("08:00", false), ("08:60-19:00", false), ("", false), ("24:00-24:00", false),
        ])
    func hours(text: String, isGood: Bool) { #expect((SendingHours(text) != nil) == isGood) }

    @Test("the wait ends when the hours begin, is less than a day, and is zero within the hours")
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
        "a timestamp is parsed with its offset and printed in UTC; malformed ones are rejected",
        arguments: [
            ("2026-10-02T16:37:05Z", "2026-10-02T16:37:05Z"), ("2026-10-02T19:37:05+03:00", "2026-10-02T16:37:05Z"),
            ("2026-10-01T23:30:00-05:30", "2026-10-02T05:00:00Z"), ("2026-10-02T19:37", nil), ("2026-10-02", nil),
            ("2026-10-02T25:00:00Z", nil), ("soon", nil), ("", nil), ("2026-02-30T10:00:00Z", nil),
        ])
    func moments(text: String, printed: String?) { #expect(Timestamp(rfc3339: text)?.rfc3339 == printed) }

    @Test("a local time converts to a moment and back, including near changes of summer time")
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

    @Test("a contractor cannot decline a job that is done, and answers do not change a finished job")
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
