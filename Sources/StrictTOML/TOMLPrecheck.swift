/// Checks a text before parsing, for errors on which the parser (toml++) aborts the process by an assertion instead of
/// reporting them: a header without a name after the bracket, and dates, which none of our files contains.
struct TOMLPrecheck {
    /// The first such error; `nil` if there is none.
    private(set) var fault: (line: Int, message: String)?
    private let bytes: [UInt8]
    private var place = 0
    private var line = 1

    init(_ text: String) {
        bytes = Array(text.utf8)
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { place = 3 }
        scan()
    }

    private mutating func scan() {
        var depth = 0
        var isLineStart = true
        var isHeader = false
        while place < bytes.count, fault == nil {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                isLineStart = true
                isHeader = isHeader && depth > 0
                place += 1
                continue
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                place += 1
                continue
            case UInt8(ascii: "#"):
                while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
                continue
            case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString(byte)
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                if byte == UInt8(ascii: "["), depth == 0, isLineStart {
                    isHeader = true
                    if !hasName(at: place + 1) { fault = (line, "a table name is missing after the bracket") }
                }
                depth += 1
                place += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth = max(0, depth - 1)
                place += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if !isHeader, depth > 0 || !isLineStart, isDate() {
                    fault = (line, "a date must be text in quotes")
                }
                place += 1
            default: place += 1
            }
            isLineStart = false
        }
    }

    /// Whether `YYYY-MM-DD` begins here, outside a word.
    private func isDate() -> Bool {
        if place > 0, Self.isNameByte(bytes[place - 1]) { return false }
        let date = bytes[place...].prefix(10)
        return date.count == 10
            && zip(date, "0000-00-00".utf8).allSatisfy { byte, picture in
                picture == UInt8(ascii: "-")
                    ? byte == picture : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Whether a name follows the first bracket, or a second bracket and a name. `true` also at the end of the text and
    /// for an empty header, which the parser reports.
    private func hasName(at start: Int) -> Bool {
        var place = start
        if place < bytes.count, bytes[place] == UInt8(ascii: "[") { place += 1 }
        while place < bytes.count, Self.isSpace(bytes[place]) { place += 1 }
        guard place < bytes.count else { return true }
        switch bytes[place] {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "]"): return true
        default: return Self.isNameByte(bytes[place])
        }
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// Skips a string that begins and ends with `quote`, or with three of them.
    private mutating func skipString(_ quote: UInt8) {
        let isLong = bytes[place...].starts(with: [quote, quote, quote])
        place += isLong ? 3 : 1
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "\n") {
                // A string without triple quotes must end on its line; the parser reports this error.
                guard isLong else { return }
                line += 1
            } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\""), place + 1 < bytes.count,
                bytes[place + 1] != UInt8(ascii: "\n")
            {
                place += 1
            } else if byte == quote {
                if !isLong {
                    place += 1
                    return
                }
                if bytes[place...].starts(with: [quote, quote, quote]) {
                    place += 3
                    // Up to two quotation marks may precede the closing three.
                    for _ in 0..<2 where place < bytes.count && bytes[place] == quote { place += 1 }
                    return
                }
            }
            place += 1
        }
    }
}
