import Foundation

/// Output for users: colours only on a terminal, errors on standard error.
enum Terminal {
    static let isTerminal = isatty(1) == 1
    static let isColoured = isTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil

    enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case blue = "34"
        case magenta = "35"
        case cyan = "36"
        case white = "37"
    }

    static func styled(_ text: String, _ style: Style) -> String {
        isColoured ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// A text in the colour with this name.
    static func coloured(_ text: String, _ colour: String) -> String {
        let styles: [String: Style] = [
            "red": .red, "green": .green, "yellow": .yellow, "blue": .blue, "magenta": .magenta, "cyan": .cyan,
            "white": .white,
        ]
        return styles[colour].map { styled(text, $0) } ?? text
    }

    /// The number of columns of a text, without colour codes.
    static func width(_ text: String) -> Int {
        isColoured ? text.replacing(/\u{1B}\[[0-9;]*m/, with: "").count : text.count
    }

    /// A number with a noun: `1 row`, `2 rows`.
    static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }

    /// A text on one line, cut to `limit` characters.
    static func oneLine(_ text: String, _ limit: Int) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > limit ? line.prefix(limit - 1) + "…" : line
    }

    /// Writes a line without a buffer, whose content would be lost in a crash.
    static func say(_ text: String) { write(text + "\n", to: 1) }

    static func complain(_ text: String) { write(text + "\n", to: 2) }

    static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
        }
    }
}
