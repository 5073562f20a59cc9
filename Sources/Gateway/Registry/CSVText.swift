/// A CSV file (RFC 4180) as rows with the lines where they begin.
struct CSVText: Sendable {
    struct Row: Sendable {
        let line: Int
        let fields: [String]
    }

    enum Fault: Error, Hashable {
        case openQuote(line: Int)
        case tooLong
        case tooManyRows
    }

    private static let mostRows = 200_000
    private static let mostFields = 200

    let rows: [Row]

    /// Reads `text`, with or without a byte order mark; blank lines are skipped.
    init(_ text: String) throws(Fault) {
        guard text.utf8.count <= 32 * 1024 * 1024 else { throw .tooLong }
        var rows: [Row] = []
        var fields: [String] = []
        var field = String.UnicodeScalarView()
        var line = 1
        var rowLine = 1
        var quoteLine: Int?
        var wasQuoted = false
        var scalars = text.unicodeScalars.makeIterator()
        var pending: Unicode.Scalar?
        func next() -> Unicode.Scalar? {
            defer { pending = nil }
            return pending ?? scalars.next()
        }
        func endField() {
            fields.append(wasQuoted ? String(field) : String(field).trimmingSpaces)
            field = String.UnicodeScalarView()
            wasQuoted = false
        }
        func endRow() {
            endField()
            if fields.contains(where: { !$0.isEmpty }) { rows.append(Row(line: rowLine, fields: fields)) }
            fields = []
        }
        /// A row has as many fields as the header; what has many more is no table.
        var isTooLarge: Bool { rows.count > Self.mostRows || fields.count > Self.mostFields }
        while let scalar = next() {
            if isTooLarge { throw .tooManyRows }
            if quoteLine != nil {
                if scalar == "\n" { line += 1 }
                guard scalar == "\"" else {
                    field.append(scalar)
                    continue
                }
                // A doubled quote stands for one.
                pending = scalars.next()
                if pending == "\"" {
                    field.append("\"")
                    pending = nil
                } else {
                    quoteLine = nil
                }
                continue
            }
            switch scalar {
            case "\u{FEFF}" where rows.isEmpty && fields.isEmpty && field.isEmpty: continue
            case "\"" where field.isEmpty:
                quoteLine = line
                wasQuoted = true
            case ",": endField()
            case "\r": continue
            case "\n":
                endRow()
                line += 1
                rowLine = line
            default: field.append(scalar)
            }
        }
        if let quoteLine { throw .openQuote(line: quoteLine) }
        endRow()
        self.rows = rows
    }
}
