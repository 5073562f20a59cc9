import Domain

/// Parses dates and times in texts. A correct form with impossible values matches, with a `nil` value.
enum ReadTime {
    enum Order: String, Sendable {
        case dayFirst = "dmy"
        case monthFirst = "mdy"
        /// The day first, unless only the other order is a valid date.
        case either
    }

    /// `d/m/yy`, `dd-mm-yyyy`, `yyyy-mm-dd`, with slashes, dashes or points; `15-JUN-24`, `15 Jun 2024`.
    static func date(_ text: [Unicode.Scalar], at start: Int, _ order: Order) -> (date: CalendarDate?, end: Int)? {
        guard order == .either else { return fixedDate(text, at: start, order) }
        guard let dayFirst = fixedDate(text, at: start, .dayFirst) else { return nil }
        return dayFirst.date == nil ? fixedDate(text, at: start, .monthFirst) : dayFirst
    }

    private static func fixedDate(_ text: [Unicode.Scalar], at start: Int, _ order: Order) -> (
        date: CalendarDate?, end: Int
    )? {
        guard start < text.count, text[start].isDigit, start == 0 || !text[start - 1].isDigit else { return nil }
        var position = start
        guard let first = digits(text, &position, 1...4), let mark = separator(text, &position),
            let second = digits(text, &position, 1...2) ?? monthName(text, &position),
            separator(text, &position) == mark,
            let third = digits(text, &position, 1...4), position == text.count || !text[position].isDigit
        else { return nil }
        let isNamed = !text[start..<position].allSatisfy { $0.isDigit || $0 == mark }
        guard isNamed || mark != " " else { return nil }
        let year: Int
        let month: Int
        let day: Int
        if first.count == 4 {
            (year, month, day) = (first.value, second.value, third.value)
        } else {
            guard first.count <= 2, third.count == 2 || third.count == 4 else { return nil }
            year = third.count == 2 ? 2_000 + third.value : third.value
            (day, month) = order == .dayFirst || isNamed ? (first.value, second.value) : (second.value, first.value)
        }
        return (CalendarDate(year: year, month: month, day: day), position)
    }

    /// `h:mm AM`, `hh:mm`, `hh:mm:ss`; minutes since midnight and seconds.
    static func time(_ text: [Unicode.Scalar], at start: Int) -> (minute: Int?, second: Int?, end: Int)? {
        guard start < text.count, text[start].isDigit, start == 0 || !text[start - 1].isDigit else { return nil }
        var position = start
        guard let hour = digits(text, &position, 1...2), position < text.count,
            text[position] == ":" || text[position] == "h"
        else { return nil }
        position += 1
        guard let minute = digits(text, &position, 2...2) else { return nil }
        var second: Int?
        if position + 1 < text.count, text[position] == ":", text[position + 1].isDigit {
            position += 1
            guard let read = digits(text, &position, 2...2) else { return nil }
            second = read.value
        }
        guard position == text.count || !text[position].isDigit else { return nil }
        var hours = hour.value
        var behind = position
        while behind < text.count, text[behind] == " " { behind += 1 }
        if behind + 1 < text.count, text[behind + 1] == "m", text[behind] == "a" || text[behind] == "p" {
            let isAfternoon = text[behind] == "p"
            position = behind + 2
            guard (1...12).contains(hours) else { return (nil, nil, position) }
            hours = hours % 12 + (isAfternoon ? 12 : 0)
        }
        guard (0...23).contains(hours), (0...59).contains(minute.value), (0...60).contains(second ?? 0) else {
            return (nil, nil, position)
        }
        return (hours * 60 + minute.value, second, position)
    }

    private static func digits(_ text: [Unicode.Scalar], _ position: inout Int, _ counts: ClosedRange<Int>) -> (
        value: Int, count: Int
    )? {
        var value = 0
        var count = 0
        while position < text.count, text[position].isDigit, count < counts.upperBound {
            value = value * 10 + Int(text[position].value - 0x30)
            position += 1
            count += 1
        }
        return count >= counts.lowerBound ? (value, count) : nil
    }

    /// The month that a word names, by its first letters in English, French or Portuguese.
    private static func monthName(_ text: [Unicode.Scalar], _ position: inout Int) -> (value: Int, count: Int)? {
        var end = position
        while end < text.count, ("a"..."z").contains(text[end]) { end += 1 }
        let word = String(String.UnicodeScalarView(text[position..<end]))
        guard (3...9).contains(word.utf8.count),
            let month = months.firstIndex(where: { $0.contains(where: word.hasPrefix) })
        else { return nil }
        position = end
        return (month + 1, 2)
    }

    private static let months = [
        ["jan"], ["feb", "fev"], ["mar"], ["apr", "avr", "abr"], ["may", "mai"], ["jun", "juin"], ["jul", "juil"],
        ["aug", "aou", "ago"], ["sep", "set"], ["oct", "out"], ["nov"], ["dec", "dez"],
    ]

    private static func separator(_ text: [Unicode.Scalar], _ position: inout Int) -> Unicode.Scalar? {
        guard position < text.count,
            text[position] == "/" || text[position] == "-" || text[position] == "." || text[position] == " "
        else { return nil }
        defer { position += 1 }
        return text[position]
    }
}
