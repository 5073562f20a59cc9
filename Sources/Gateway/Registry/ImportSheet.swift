import Domain
import Store
import StrictTOML

/// Why a row cannot be taken.
struct RowFault: Error, Hashable {
    let reason: String
    /// The database did not work: that is no row's fault.
    var isTrouble = false

    init(_ reason: String) { self.reason = reason }

    /// A step on the database failed.
    init(storing error: any Error) {
        reason = "cannot be stored: \(error)"
        isTrouble = StoreError.isTrouble(error)
    }
}

/// A CSV file whose header was understood.
struct ImportSheet: Sendable {
    struct Fault: Error {
        let rows: [ImportResult.BadRow]

        init(line: Int, _ reason: String) { rows = [.init(line: line, reason: reason)] }
        init(_ rows: [ImportResult.BadRow]) { self.rows = rows }
    }

    struct Row: Sendable {
        let line: Int
        private let values: [String: String]

        init(line: Int, values: [String: String]) {
            self.line = line
            self.values = values
        }

        /// `nil` for an empty field.
        subscript(_ column: String) -> String? { values[column].flatMap { $0.isEmpty ? nil : $0 } }

        func required(_ column: String, upTo limit: Int = 400) throws(RowFault) -> String {
            guard let value = self[column] else { throw RowFault("'\(column)' is empty") }
            // Scalars, for any number of accents is one character.
            guard value.unicodeScalars.count <= limit else {
                throw RowFault("'\(column)' is longer than \(limit) characters")
            }
            guard !value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
                throw RowFault("'\(column)' has control characters")
            }
            return value
        }

        func price(_ column: String, _ text: String) throws(RowFault) -> Price {
            guard let price = Price(decimal: text) else {
                throw RowFault("'\(column)' is '\(text)', and not a price of 0 or more with up to 4 decimals")
            }
            return price
        }

        func money(_ column: String, _ currency: Currency) throws(RowFault) -> Money? {
            guard let text = self[column] else { return nil }
            guard let money = Money(decimal: text, in: currency), money >= .zero else {
                throw RowFault(
                    "'\(column)' is '\(text)', and not an amount of \(currency.code) with up to \(currency.exponent) decimals"
                )
            }
            return money
        }

        func integer(_ column: String, _ range: ClosedRange<Int>) throws(RowFault) -> Int? {
            guard let text = self[column] else { return nil }
            guard let number = Int(text), range.contains(number) else {
                throw RowFault(
                    "'\(column)' is '\(text)', and not a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }

        func date(_ column: String) throws(RowFault) -> CalendarDate? {
            guard let text = self[column] else { return nil }
            guard let date = CalendarDate(text) else {
                throw RowFault("'\(column)' is '\(text)', and no day that exists, written YYYY-MM-DD")
            }
            return date
        }

        func flag(_ column: String) throws(RowFault) -> Bool {
            switch self[column]?.lowercased() {
            case nil, "no", "false": return false
            case "yes", "true": return true
            default: throw RowFault("'\(column)' is yes or no, not '\(self[column] ?? "")'")
            }
        }

        /// Refuses what another row of the same file has already.
        func unique(_ value: String, _ what: String, _ seen: inout [String: Int]) throws(RowFault) {
            if let earlier = seen.updateValue(line, forKey: value) {
                throw RowFault("\(what) is in line \(earlier) already")
            }
        }
    }

    let rows: [Row]

    /// More than any kind has, and few enough to say of each what is wrong with it.
    private static let mostColumns = 100

    init(_ text: String, _ kind: ImportKind) throws(Fault) {
        let csv: CSVText
        do {
            csv = try CSVText(text)
        } catch {
            switch error {
            case .openQuote(let line): throw Fault(line: line, "a quotation mark is not closed")
            case .tooLong: throw Fault(line: 1, "the file is larger than 32 MiB")
            case .tooManyRows:
                throw Fault(line: 1, "the file has more than 200,000 rows, or more than 200 columns; divide it")
            }
        }
        guard let header = csv.rows.first else { throw Fault(line: 1, "the file is empty; it needs a header row") }
        let known = kind.columns.map(\.name)
        guard header.fields.count <= Self.mostColumns else {
            throw Fault(line: header.line, "the header has \(header.fields.count) columns; is this the right file?")
        }
        var faults: [String] = []
        for name in header.fields where !known.contains(name) {
            let near = NearestWord.hint(name, in: known)
            faults.append("unknown column '\(name.prefix(60))'\(near)")
        }
        if Set(header.fields).count != header.fields.count { faults.append("a column stands there twice") }
        for column in kind.columns where column.isRequired && !header.fields.contains(column.name) {
            faults.append("the column '\(column.name)' is missing")
        }
        guard faults.isEmpty else { throw Fault(faults.map { .init(line: header.line, reason: $0) }) }
        var rows: [Row] = []
        var bad: [ImportResult.BadRow] = []
        for row in csv.rows.dropFirst() {
            guard row.fields.count == header.fields.count else {
                guard bad.count < ImportResult.mostBadRows else { break }
                bad.append(
                    .init(
                        line: row.line, reason: "has \(row.fields.count) fields, and the header \(header.fields.count)")
                )
                continue
            }
            rows.append(Row(line: row.line, values: Dictionary(uniqueKeysWithValues: zip(header.fields, row.fields))))
        }
        guard bad.isEmpty else { throw Fault(bad) }
        self.rows = rows
    }
}
