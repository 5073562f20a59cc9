/// The hours of a day in which messages may be sent, in the company's local time.
package struct SendingHours: Hashable, Sendable {
    /// Minutes since midnight; `to` is excluded.
    package let from: Int
    package let to: Int

    /// Creates hours from minutes since midnight; `nil` unless 0 <= from < to <= 1440.
    package init?(from: Int, to: Int) {
        guard (0..<1_440).contains(from), (1...1_440).contains(to), from < to else { return nil }
        self.from = from
        self.to = to
    }

    /// 08:00 to 19:00.
    package static let day = SendingHours(fromHour: 8, toHour: 19)
    /// 07:00 to 20:00.
    package static let longDay = SendingHours(fromHour: 7, toHour: 20)

    private init(fromHour: Int, toHour: Int) {
        from = fromHour * 60
        to = toHour * 60
    }

    /// Parses `08:00-19:00`; `nil` for any other form.
    package init?(_ text: some StringProtocol) {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Self.minute(String($0)) }
        guard ends.count == 2, let from = ends[0], let to = ends[1] else { return nil }
        self.init(from: from, to: to)
    }

    /// Whether a minute since midnight lies within the hours.
    package func contains(minute: Int) -> Bool { (from..<to).contains(minute) }

    /// Minutes from a minute since midnight until sending may begin; 0 within the hours.
    package func wait(at minute: Int) -> Int {
        if contains(minute: minute) { return 0 }
        return minute < from ? from - minute : 1_440 - minute + from
    }

    private static func minute(_ text: String) -> Int? {
        let pieces = text.split(separator: ":", omittingEmptySubsequences: false)
        guard pieces.count == 2, pieces.allSatisfy({ $0.count == 2 }), let hour = Int(pieces[0]),
            let minute = Int(pieces[1]), (0...24).contains(hour), (0...59).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }
}
