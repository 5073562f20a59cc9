import TOMLKit

/// A table of a document. Each accessor marks its key as known and reports a fault if the value has the wrong type.
package final class TOMLSection {
    private let table: TOMLTable
    private let path: String
    private let document: TOMLDocument
    private var known: Set<String> = []
    private var children: [TOMLSection] = []

    init(table: TOMLTable, path: String, document: TOMLDocument) {
        self.table = table
        self.path = path
        self.document = document
    }

    /// All keys of the table, sorted.
    package var keys: [String] { table.keys.sorted() }

    /// The line of a key, or of the table itself.
    package func line(of key: String? = nil) -> Int? { document.lines.line(of: key.map(full) ?? path) }

    /// Reports a fault at a key.
    package func fault(_ key: String, _ message: String) { document.report(full(key), message) }

    /// A text; `nil` if the key is missing or faulty.
    package func string(_ key: String) -> String? {
        value(key, "text in quotes") { $0.type == .string ? $0.string : nil }
    }

    /// A whole number; `nil` if the key is missing or faulty.
    package func integer(_ key: String) -> Int? {
        value(key, "a whole number") { $0.type == .int ? $0.int : nil }
    }

    /// A Boolean; `nil` if the key is missing or faulty.
    package func boolean(_ key: String) -> Bool? {
        value(key, "true or false") { $0.type == .bool ? $0.bool : nil }
    }

    /// A list of texts; `nil` if the key is missing or faulty.
    package func strings(_ key: String) -> [String]? {
        value(key, "a list of texts") { value in
            guard value.type == .array, let array = value.array else { return nil }
            let texts = array.compactMap { $0.type == .string ? $0.string : nil }
            return texts.count == array.count ? texts : nil
        }
    }

    /// A list of whole numbers; `nil` if the key is missing or faulty.
    package func integers(_ key: String) -> [Int]? {
        value(key, "a list of whole numbers") { value in
            guard value.type == .array, let array = value.array else { return nil }
            let numbers = array.compactMap { $0.type == .int ? $0.int : nil }
            return numbers.count == array.count ? numbers : nil
        }
    }

    /// Whether the value of a key is a text.
    package func isText(_ key: String) -> Bool { table[key]?.type == .string }

    /// A table; it is a fault if it is missing.
    package func requiredSection(_ key: String) -> TOMLSection? {
        let found = section(key)
        if found == nil, table[key] == nil { document.report(path, "the table [\(full(key))] is missing") }
        return found
    }

    /// A table; `nil` if it is missing or faulty.
    package func section(_ key: String) -> TOMLSection? {
        value(key, "a table") { value in
            guard value.type == .table, let table = value.table else { return nil }
            return self.child(table, full(key))
        }
    }

    /// The tables of `[[key]]`; empty if it is missing or faulty.
    package func sections(_ key: String) -> [TOMLSection] {
        value(key, "a list of tables") { value in
            guard value.type == .array, let array = value.array else { return nil }
            let tables = array.compactMap { $0.type == .table ? $0.table : nil }
            guard tables.count == array.count else { return nil }
            return tables.enumerated().map { self.child($1, "\(full(key))[\($0)]") }
        } ?? []
    }

    /// A text; it is a fault if it is missing.
    package func requiredString(_ key: String) -> String? {
        let found = string(key)
        if found == nil, table[key] == nil { missing(key) }
        return found
    }

    /// A whole number; it is a fault if it is missing.
    package func requiredInteger(_ key: String) -> Int? {
        let found = integer(key)
        if found == nil, table[key] == nil { missing(key) }
        return found
    }

    /// Reports all keys that no accessor asked for, in this table and in the tables read from it.
    func refuseUnknownKeys() {
        for key in table.keys where !known.contains(key) {
            let nearest = NearestWord.hint(key, in: known)
            document.report(full(key), "unknown key '\(key)'\(nearest)")
        }
        for child in children { child.refuseUnknownKeys() }
    }

    private func missing(_ key: String) {
        document.report(path, "'\(key)' is missing\(path.isEmpty ? "" : " in [\(path)]")")
    }

    private func full(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func child(_ table: TOMLTable, _ path: String) -> TOMLSection {
        let section = TOMLSection(table: table, path: path, document: document)
        children.append(section)
        return section
    }

    private func value<Value>(_ key: String, _ wanted: String, _ read: (any TOMLValueConvertible) -> Value?) -> Value? {
        known.insert(key)
        guard let raw = table[key] else { return nil }
        if let value = read(raw) { return value }
        document.report(full(key), "'\(key)' must be \(wanted)")
        return nil
    }
}
