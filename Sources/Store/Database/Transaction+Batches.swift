import Domain
import GRDB

extension Transaction {
    /// So many keys go into one query.
    private static let batch = 500

    /// The rows of many owners by their owner, in a query for each five hundred instead of one for each owner.
    ///
    /// - Parameters:
    ///   - keys: The owners' numbers; `sql` has `#` in the place of their list.
    ///   - column: The column that names a row's owner.
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
