/// A decoder without data. It returns empty values and records the fields and types that are decoded.
struct SchemaRecorder: Decoder {
    /// The recorded schema of one value.
    final class Notes {
        var schema: Schema?
        var fields: [(name: String, notes: Notes, isRequired: Bool)] = []
        var item: Notes?

        var result: Schema {
            if let schema { return schema }
            if let item { return .list(item.result) }
            return .object(fields.map { .init(name: $0.name, schema: $0.notes.result, isRequired: $0.isRequired) })
        }
    }

    let notes: Notes
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    /// The schema of a type that decodes strings, integers, booleans, and lists, maps or objects of these.
    static func schema<Value: Decodable>(of type: Value.Type) -> Schema {
        let notes = Notes()
        _ = try? value(of: type, notes)
        return notes.result
    }

    fileprivate static func value<Value: Decodable>(of type: Value.Type, _ notes: Notes) throws -> Value {
        func given(_ schema: Schema, _ value: Any) throws -> Value {
            notes.schema = schema
            guard let value = value as? Value else { throw Unreadable() }
            return value
        }
        switch type {
        case is String.Type: return try given(.text, "")
        case is Bool.Type: return try given(.boolean, false)
        case is Int.Type: return try given(.integer, 0)
        case is Int64.Type: return try given(.integer, Int64(0))
        case is UInt32.Type: return try given(.integer, UInt32(0))
        case let map as any TextMap.Type: return try given(.map(map.valueSchema), map.nothing)
        default: return try Value(from: SchemaRecorder(notes: notes))
        }
    }

    struct Unreadable: Error {}

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Fields<Key>(notes: notes))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let item = Notes()
        notes.item = item
        return Items(notes: item)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { Single(notes: notes) }
}

/// A dictionary with string keys.
private protocol TextMap {
    static var valueSchema: Schema { get }
    static var nothing: Any { get }
}

extension Dictionary: TextMap where Key == String, Value: Decodable {
    static var valueSchema: Schema { SchemaRecorder.schema(of: Value.self) }
    static var nothing: Any { [Key: Value]() }
}

private struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let notes: SchemaRecorder.Notes
    let codingPath: [any CodingKey] = []
    let allKeys: [Key] = []

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) throws -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try SchemaRecorder.value(of: type, field(key, isRequired: true))
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try SchemaRecorder.value(of: type, field(key, isRequired: false))
    }

    // The protocol has separate requirements for the primitive types.
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try required(type, key) }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try required(type, key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try required(type, key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try required(type, key) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try optional(type, key) }
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try optional(type, key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try optional(type, key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try optional(type, key) }

    private func required<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value {
        try SchemaRecorder.value(of: type, field(key, isRequired: true))
    }

    private func optional<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value? {
        try SchemaRecorder.value(of: type, field(key, isRequired: false))
    }

    private func field(_ key: Key, isRequired: Bool) -> SchemaRecorder.Notes {
        let field = SchemaRecorder.Notes()
        notes.fields.append((Schema.snakeCase(key.stringValue), field, isRequired))
        return field
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws
        -> KeyedDecodingContainer<Nested>
    {
        KeyedDecodingContainer(Fields<Nested>(notes: field(key, isRequired: true)))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw SchemaRecorder.Unreadable()
    }

    func superDecoder() throws -> any Decoder { throw SchemaRecorder.Unreadable() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw SchemaRecorder.Unreadable() }
}

/// A list with one item, which is enough to record the item's schema.
private struct Items: UnkeyedDecodingContainer {
    let notes: SchemaRecorder.Notes
    let codingPath: [any CodingKey] = []
    let count: Int? = 1
    private(set) var currentIndex = 0
    var isAtEnd: Bool { currentIndex > 0 }

    init(notes: SchemaRecorder.Notes) { self.notes = notes }

    mutating func decodeNil() throws -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        currentIndex += 1
        return try SchemaRecorder.value(of: type, notes)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested>
    {
        throw SchemaRecorder.Unreadable()
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw SchemaRecorder.Unreadable() }
    mutating func superDecoder() throws -> any Decoder { throw SchemaRecorder.Unreadable() }
}

private struct Single: SingleValueDecodingContainer {
    let notes: SchemaRecorder.Notes
    let codingPath: [any CodingKey] = []

    func decodeNil() -> Bool { false }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try SchemaRecorder.value(of: type, notes) }
}
