import GRDB

extension Row {
    /// A value of an enumeration.
    /// - Throws: `StoreError.unknownValue` for a value that this version does not know.
    func known<Value: RawRepresentable>(_ column: String, of table: String) throws -> Value
    where Value.RawValue: DatabaseValueConvertible {
        let stored: Value.RawValue = self[column]
        guard let value = Value(rawValue: stored) else {
            throw StoreError.unknownValue("\(stored)", column: "\(table).\(column)", row: self["id"] as Int64? ?? 0)
        }
        return value
    }

    /// A value of an enumeration, or nothing.
    /// - Throws: `StoreError.unknownValue` for a value that this version does not know.
    func knownIfPresent<Value: RawRepresentable>(_ column: String, of table: String) throws -> Value?
    where Value.RawValue: DatabaseValueConvertible {
        guard let stored = self[column] as Value.RawValue? else { return nil }
        guard let value = Value(rawValue: stored) else {
            throw StoreError.unknownValue("\(stored)", column: "\(table).\(column)", row: self["id"] as Int64? ?? 0)
        }
        return value
    }
}
