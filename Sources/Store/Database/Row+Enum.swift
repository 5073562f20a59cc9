import GRDB

extension Row {
    /// The value of an enumeration in a column.
    /// - Throws: `StoreError.unknownValue` if the value is unknown to this version.
    func known<Value: RawRepresentable>(_ column: String, of table: String) throws -> Value
    where Value.RawValue: DatabaseValueConvertible {
        let stored: Value.RawValue = self[column]
        guard let value = Value(rawValue: stored) else {
            throw StoreError.unknownValue("\(stored)", column: "\(table).\(column)", row: self["id"] as Int64? ?? 0)
        }
        return value
    }

    /// The value of an enumeration in a column; `nil` for NULL.
    /// - Throws: `StoreError.unknownValue` if the value is unknown to this version.
    func knownIfPresent<Value: RawRepresentable>(_ column: String, of table: String) throws -> Value?
    where Value.RawValue: DatabaseValueConvertible {
        guard let stored = self[column] as Value.RawValue? else { return nil }
        guard let value = Value(rawValue: stored) else {
            throw StoreError.unknownValue("\(stored)", column: "\(table).\(column)", row: self["id"] as Int64? ?? 0)
        }
        return value
    }
}
