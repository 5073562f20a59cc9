import Domain

/// Reads a CSV file (RFC 4180) row by row, with line numbers.
package struct CSVReader {
    /// A row with its fields and the number of its first line.
    package struct Row: Sendable {
        package let line: Int
        package let fields: [String]
    }

    /// A reason why the file cannot be read.
    package enum Fault: Error, Hashable {
        case openQuote(line: Int)
        case tooLong
        case tooManyRows
    }

    private static let mostRows = 200_000
    private static let mostFields = 200

    private var scalars: String.UnicodeScalarView.Iterator
    /// A scalar that was read ahead.
    private var pending: Unicode.Scalar?
    private var line = 1
    private var isAtStart = true
    private var count = 0

    /// Starts reading `text`, with or without a byte order mark. Blank lines will be skipped.
    /// - Throws: `Fault.tooLong` if the text is longer than 32 MiB.
    package init(_ text: String) throws(Fault) {
        guard text.utf8.count <= 32 * 1024 * 1024 else { throw .tooLong }
        scalars = text.unicodeScalars.makeIterator()
    }

    /// The next row; `nil` at the end. Do not call it again after it has thrown.
    /// - Throws: `Fault.openQuote` for a missing quotation mark, `.tooManyRows` for too many rows or fields in a row.
    package mutating func next() throws(Fault) -> Row? {
        while true {
            let rowLine = line
            guard let fields = try fields() else { return nil }
            guard fields.contains(where: { !$0.isEmpty }) else { continue }
            count += 1
            guard count <= Self.mostRows else { throw .tooManyRows }
            return Row(line: rowLine, fields: fields)
        }
    }

    private mutating func scalar() -> Unicode.Scalar? {
        defer { pending = nil }
        return pending ?? scalars.next()
    }

    /// The fields up to the end of the line; `nil` at the end of the text.
    private mutating func fields() throws(Fault) -> [String]? {
        var fields: [String] = []
        var field = String.UnicodeScalarView()
        var wasQuoted = false
        var isEmpty = true
        func ended() -> String { wasQuoted ? String(field) : String(field).trimmingSpaces }
        while let scalar = scalar() {
            let isFirst = isAtStart
            (isAtStart, isEmpty) = (false, false)
            switch scalar {
            case "\u{FEFF}" where isFirst: continue
            case "\"" where field.isEmpty:
                field = try quoted()
                wasQuoted = true
            case ",":
                fields.append(ended())
                // A row with many more fields than a header can have is not from a table.
                guard fields.count < Self.mostFields else { throw .tooManyRows }
                field = String.UnicodeScalarView()
                wasQuoted = false
            case "\r": continue
            case "\n":
                line += 1
                return fields + [ended()]
            default: field.append(scalar)
            }
        }
        return isEmpty ? nil : fields + [ended()]
    }

    /// Reads a quoted field after its opening quotation mark; a doubled quotation mark stands for one.
    private mutating func quoted() throws(Fault) -> String.UnicodeScalarView {
        let begin = line
        var field = String.UnicodeScalarView()
        while let scalar = scalar() {
            if scalar == "\n" { line += 1 }
            guard scalar == "\"" else {
                field.append(scalar)
                continue
            }
            pending = scalars.next()
            guard pending == "\"" else { return field }
            pending = nil
            field.append("\"")
        }
        throw .openQuote(line: begin)
    }
}
