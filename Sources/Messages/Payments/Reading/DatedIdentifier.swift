import Domain

/// A transaction id that contains its date and time: `PP260101.0930.A12345` is from 1 January 2026, 9:30.
package struct DatedIdentifier: Sendable {
    /// `nil` if the day does not exist.
    package let date: CalendarDate?
    /// The month exists. Some wallets print days that do not exist.
    let hasMonth: Bool
    /// The hour and minute exist.
    private let hasTime: Bool

    /// Returns `nil` if the id has another form.
    package init?(_ id: String) {
        let pieces = id.split(separator: ".")
        guard pieces.count >= 3, pieces[0].count == 8, pieces[1].count == 4,
            pieces[0].dropFirst(2).allSatisfy({ $0.isASCII && $0.isNumber }),
            pieces[1].allSatisfy({ $0.isASCII && $0.isNumber }), let day = Int(pieces[0].dropFirst(2)),
            let clock = Int(pieces[1])
        else { return nil }
        date = CalendarDate(year: 2_000 + day / 10_000, month: day / 100 % 100, day: day % 100)
        hasMonth = (1...12).contains(day / 100 % 100)
        hasTime = clock / 100 < 24 && clock % 100 < 60
    }

    /// Whether the day and time exist.
    package var isPossible: Bool { date != nil && hasTime }
}
