import CSV
import Domain

@testable import Gateway

/// CSV imports: each file is read as all kinds whose columns match its header, and as one other kind.
enum CSVTarget {
    static func run(_ input: [UInt8]) throws(BrokenRule) {
        let text = text(of: input)
        guard let rows = try? rows(text) else { return }
        try roundTrip(rows)
        let header = rows.first?.fields ?? []
        let any = ImportKind.allCases[input.count % ImportKind.allCases.count]
        for kind in ImportKind.allCases where kind == any || header.allSatisfy(kind.columns.map(\.name).contains) {
            guard var sheet = try? ImportSheet(text, kind) else { continue }
            var bad: [ImportResult.BadRow] = []
            for row in (try? sheet.next(1_000, bad: &bad)) ?? [] { read(row, kind) }
        }
    }

    private static func rows(_ text: String) throws -> [CSVReader.Row] {
        var reader = try CSVReader(text)
        var rows: [CSVReader.Row] = []
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    /// Rows that are written again with quotation marks must read the same.
    private static func roundTrip(_ rows: [CSVReader.Row]) throws(BrokenRule) {
        let written = rows.map { row in
            row.fields.map { "\"" + $0.replacingDoubledQuotes + "\"" }.joined(separator: ",") + "\n"
        }
        guard let again = try? Self.rows(written.joined()) else {
            throw BrokenRule(description: "rows that were read cannot be read again after writing")
        }
        try rule(
            again.count == rows.count
                && zip(again, rows).allSatisfy { again, first in
                    again.fields.map { Array($0.unicodeScalars) } == first.fields.map { Array($0.unicodeScalars) }
                }, "rows read differently after writing")
    }

    private static func read(_ row: ImportSheet.Row, _ kind: ImportKind) {
        for column in kind.columns.map(\.name) {
            _ = try? row.required(column)
            if let text = row[column] { _ = try? row.price(column, text) }
            for currency in Currency.knownCodes.compactMap({ Currency(code: $0) }).prefix(3) {
                _ = try? row.money(column, currency)
            }
            _ = try? row.integer(column, 0...99)
            _ = try? row.date(column)
            _ = try? row.flag(column)
            if let text = row[column] {
                _ = Serial(text)
                _ = NumberPlan.anywhere.phone(text)
            }
        }
    }

    static let seeds: [String] =
        ImportKind.allCases.map { kind in
            let names = kind.columns.map(\.name)
            return names.joined(separator: ",") + "\n" + names.map { values[$0] ?? "1" }.joined(separator: ",") + "\n"
        } + [
            "\u{feff}serial,name\r\n\"0145-0000-011\",\"Kijiji, \"\"chini\"\"\"\r\n\r\n", "name,price\n\"a\nb\",1\n",
            "name,price\n,\n", "name,name\n1,2\n", "nmae,price\nx,1\n", "name,price\n\"x\"y,1\n", "\"", "\"\"\"",
            ",\n,",
            "name,price_per_kwh\nDomestic,-0\nx,99999999999999999999.9999\n", String(repeating: ",", count: 3_000),
        ]

    private static let values = [
        "name": "Domestic", "phone": "0712000678; +254713000111", "price_per_kwh": "356.5",
        "components": "vat=18;fee=0.01",
        "first_due": "2026-02-29", "serial": "01450000011", "device_kind": "meter", "colour": "red",
        "interval": "weekly",
    ]

    static let words =
        ImportKind.allCases.flatMap { $0.columns.map(\.name) } + [
            "\"", "\"\"", ",", "\n", "\r\n", ";", "\u{feff}", "2026-02-29", "9999-12-31", "0000-00-00", "yes",
            "0.00001",
        ]
}

extension String {
    /// The text with each quotation mark doubled.
    fileprivate var replacingDoubledQuotes: String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            result.append(scalar)
            if scalar == "\"" { result.append(scalar) }
        }
        return String(result)
    }
}
