/// A local time without an offset, as printed in a text: `2026-10-02T19:37`, with or without seconds, or a date alone.
package struct WallTime: Hashable, Sendable {
    package let date: CalendarDate
    /// Minutes since midnight; `nil` if only the date is known.
    package let minute: Int?
    package let second: Int?

    package init(date: CalendarDate, minute: Int? = nil, second: Int? = nil) {
        self.date = date
        self.minute = minute
        self.second = minute == nil ? nil : second
    }

    /// Parses `YYYY-MM-DDTHH:MM[:SS]` or `YYYY-MM-DD`.
    package init?(_ text: some StringProtocol) {
        let pieces = text.split(separator: "T", omittingEmptySubsequences: false)
        guard let first = pieces.first, let date = CalendarDate(first), pieces.count <= 2 else { return nil }
        guard pieces.count == 2 else {
            self.init(date: date)
            return
        }
        let clock = pieces[1].split(separator: ":", omittingEmptySubsequences: false)
        let numbers = clock.compactMap { $0.count == 2 ? Int($0) : nil }
        guard numbers.count == clock.count, (2...3).contains(numbers.count), (0...23).contains(numbers[0]),
            numbers.dropFirst().allSatisfy({ (0...59).contains($0) })
        else { return nil }
        self.init(date: date, minute: numbers[0] * 60 + numbers[1], second: numbers.count == 3 ? numbers[2] : nil)
    }

    /// The time in the form that `init(_:)` parses.
    package var text: String {
        guard let clock else { return date.description }
        return "\(date)T\(clock)" + (second.map { ":" + CalendarDate.padded($0, to: 2) } ?? "")
    }

    /// `HH:MM`; `nil` if only the date is known.
    package var clock: String? {
        minute.map { CalendarDate.padded($0 / 60, to: 2) + ":" + CalendarDate.padded($0 % 60, to: 2) }
    }
}
