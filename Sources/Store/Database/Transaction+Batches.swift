import GRDB

extension Transaction {
    /// Maximum number of keys in one query.
    private static let batch = 500

    /// The rows of many owners, grouped by owner, with one query per 500 owners.
    ///
    /// `keys` are the owners' ids; `#` in `sql` is replaced by placeholders for them. `column` is the column with the
    /// owner's id.
    func rows(of keys: some Sequence<Int64>, by column: String, _ sql: String) throws -> [Int64: [Row]] {
        let keys = Array(Set(keys))
        var rows: [Int64: [Row]] = [:]
        for start in stride(from: 0, to: keys.count, by: Self.batch) {
            let slice = keys[start..<min(start + Self.batch, keys.count)]
            let marks = Array(repeating: "?", count: slice.count).joined(separator: ", ")
            let found = try Row.fetchAll(
                database, sql: sql.replacing("#", with: marks), arguments: StatementArguments(slice))
            for row in found { rows[row[column], default: []].append(row) }
        }
        return rows
    }
}
