import CSV
import Domain
import StrictTOML

/// A CSV file with a valid header, read in slices.
struct ImportSheet {
    struct Fault: Error {
        let rows: [ImportResult.BadRow]

        init(line: Int, _ reason: String) { rows = [.init(line: line, reason: reason)] }
        init(_ rows: [ImportResult.BadRow]) { self.rows = rows }
    }

    struct Row: Sendable {
        let line: Int
        fileprivate let places: [String: Int]
        fileprivate let fields: [String]

        /// `nil` for an empty field.
        subscript(_ column: String) -> String? {
            places[column].flatMap { fields[$0].isEmpty ? nil : fields[$0] }
        }

        func required(_ column: String, upTo limit: Int = 400) throws(RowFault) -> String {
            guard let value = self[column] else { throw RowFault("'\(column)' is empty") }
            // Counts scalars, because one character can carry any number of accents.
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
                throw RowFault("'\(column)' is '\(text)'; it must be a price of 0 or more with up to 4 decimals")
            }
            return price
        }

        func money(_ column: String, _ currency: Currency) throws(RowFault) -> Money? {
            guard let text = self[column] else { return nil }
            guard let money = Money(decimal: text, in: currency), money >= .zero else {
                throw RowFault(
                    "'\(column)' is '\(text)'; it must be an amount in \(currency.code) with up to \(currency.exponent) decimals"
                )
            }
            return money
        }

        func integer(_ column: String, _ range: ClosedRange<Int>) throws(RowFault) -> Int? {
            guard let text = self[column] else { return nil }
            guard let number = Int(text), range.contains(number) else {
                throw RowFault(
                    "'\(column)' is '\(text)'; it must be a whole number from \(range.lowerBound) to \(range.upperBound)"
                )
            }
            return number
        }

        func date(_ column: String) throws(RowFault) -> CalendarDate? {
            guard let text = self[column] else { return nil }
            guard let date = CalendarDate(text) else {
                throw RowFault("'\(column)' is '\(text)'; it must be an existing date, written YYYY-MM-DD")
            }
            return date
        }

        func flag(_ column: String) throws(RowFault) -> Bool {
            switch self[column]?.lowercased() {
            case nil, "no", "false": return false
            case "yes", "true": return true
            default: throw RowFault("'\(column)' must be yes or no, not '\(self[column] ?? "")'")
            }
        }

        /// Rejects a value that an earlier row of the same file has.
        func unique(_ value: String, _ what: String, _ seen: inout [String: Int]) throws(RowFault) {
            if let earlier = seen.updateValue(line, forKey: value) {
                throw RowFault("\(what) is already in line \(earlier)")
            }
        }
    }

    private var csv: CSVReader
    /// The index of each column in the header.
    private let places: [String: Int]

    /// More columns than any kind has, and few enough to report a fault for each.
    private static let mostColumns = 100

    /// Reads the header.
    init(_ text: String, _ kind: ImportKind) throws(Fault) {
        let header: CSVReader.Row
        do {
            csv = try CSVReader(text)
            guard let first = try csv.next() else {
                throw Fault(line: 1, "the file is empty; it needs a header row")
            }
            header = first
        } catch let fault as CSVReader.Fault {
            throw Fault(fault)
        } catch let fault as Fault {
            throw fault
        } catch {
            throw Fault(line: 1, "the file cannot be read: \(error)")
        }
        let known = kind.columns.map(\.name)
        guard header.fields.count <= Self.mostColumns else {
            throw Fault(line: header.line, "the header has \(header.fields.count) columns; is this the right file?")
        }
        var faults: [String] = []
        for name in header.fields where !known.contains(name) {
            let near = NearestWord.hint(name, in: known)
            faults.append("unknown column '\(name.prefix(60))'\(near)")
        }
        if Set(header.fields).count != header.fields.count { faults.append("a column appears twice") }
        for column in kind.columns where column.isRequired && !header.fields.contains(column.name) {
            faults.append("the column '\(column.name)' is missing")
        }
        guard faults.isEmpty else { throw Fault(faults.map { .init(line: header.line, reason: $0) }) }
        places = Dictionary(uniqueKeysWithValues: header.fields.enumerated().map { ($1, $0) })
    }

    /// Reads up to `most` more rows; returns none at the end. Rows whose length differs from the header's go to `bad`.
    mutating func next(_ most: Int, bad: inout [ImportResult.BadRow]) throws(Fault) -> [Row] {
        var rows: [Row] = []
        while rows.count < most, bad.count < ImportResult.mostBadRows {
            let next: CSVReader.Row?
            do {
                next = try csv.next()
            } catch {
                throw Fault(error)
            }
            guard let next else { break }
            if next.fields.count == places.count {
                rows.append(Row(line: next.line, places: places, fields: next.fields))
            } else {
                bad.append(
                    .init(
                        line: next.line, reason: "has \(next.fields.count) fields, but the header has \(places.count)"))
            }
        }
        return rows
    }
}

extension ImportSheet.Fault {
    fileprivate init(_ fault: CSVReader.Fault) {
        switch fault {
        case .openQuote(let line): self.init(line: line, "a quotation mark is not closed")
        case .tooLong: self.init(line: 1, "the file is larger than 32 MiB")
        case .tooManyRows:
            self.init(line: 1, "the file has more than 200,000 rows or more than 200 columns; split it")
        }
    }
}
