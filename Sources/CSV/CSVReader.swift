import Domain

/// Reads a CSV file (RFC 4180) row by row, with the lines where they begin.
package struct CSVReader {
    package struct Row: Sendable {
        package let line: Int
        package let fields: [String]
    }

    package enum Fault: Error, Hashable {
        case openQuote(line: Int)
        case tooLong
        case tooManyRows
    }

    private static let mostRows = 200_000
    private static let mostFields = 200

    private var scalars: String.UnicodeScalarView.Iterator
    /// A scalar that was looked at too early.
    private var pending: Unicode.Scalar?
    private var line = 1
    private var isAtStart = true
    private var count = 0

    /// Reads `text`, with or without a byte order mark; blank lines are skipped.
    package init(_ text: String) throws(Fault) {
        guard text.utf8.count <= 32 * 1024 * 1024 else { throw .tooLong }
        scalars = text.unicodeScalars.makeIterator()
    }

    /// `nil` at the end. After a fault nothing more is to be read.
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

    /// The fields up to the end of the line; `nil` when there is nothing more.
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
                // A row has as many fields as the header; what has many more is no table.
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

    /// What stands between quotation marks, of which the first was read; a doubled one stands for one.
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
