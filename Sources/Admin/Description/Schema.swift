/// The type of a JSON value, encoded as JSON Schema.
indirect enum Schema: Sendable, Hashable {
    struct Field: Sendable, Hashable {
        let name: String
        let schema: Schema
        let isRequired: Bool
    }

    /// A schema with the name of its type.
    struct Named: Sendable, Hashable {
        let name: String
        let schema: Schema
    }

    case text
    /// A text that must keep a rule.
    case ruled(TextRule)
    /// One of these words.
    case choice([String])
    case integer
    /// An integer in this range.
    case range(ClosedRange<Int64>)
    case boolean
    case list(Schema)
    case map(Schema)
    /// With `isClosed`, fields that are not listed are refused.
    case object([Field], isClosed: Bool = false)

    /// The number of a record.
    static let number = Schema.range(1...Int64.max)

    /// One of an enumeration's words.
    static func words<Value: RawRepresentable & CaseIterable>(of _: Value.Type) -> Schema
    where Value.RawValue == String { .choice(Value.allCases.map(\.rawValue)) }

    /// The names of an object's fields.
    var fields: [String] {
        if case .object(let fields, _) = self { fields.map(\.name) } else { [] }
    }

    /// The schema of a type, recorded from what its decoding asks for.
    static func named<Value: Decodable>(_ type: Value.Type) -> Named {
        Named(name: name(of: type), schema: SchemaRecorder.schema(of: type))
    }

    /// The schema's name. `PageView<TicketView>` becomes `TicketPage`.
    private static func name(of type: Any.Type) -> String {
        var name = String(describing: type)
        if name.hasPrefix("PageView<") { name = String(name.dropFirst(9).dropLast()) + "Page" }
        return name.split(separator: ".").last.map(String.init)?.replacing("View", with: "") ?? name
    }

    /// Converts `startedAt` to `started_at`.
    static func snakeCase(_ name: String) -> String {
        var text = ""
        for letter in name {
            if letter.isUppercase { text += "_" + letter.lowercased() } else { text.append(letter) }
        }
        return text
    }
}

extension Schema: Encodable {
    private enum Key: String, CodingKey {
        case type, items, properties, required, additionalProperties, `enum`, minimum, maximum, minLength, maxLength,
            pattern, format
    }

    private struct Name: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .text: try container.encode("string", forKey: .type)
        case .ruled(let rule):
            try container.encode("string", forKey: .type)
            try container.encode(rule.length.lowerBound, forKey: .minLength)
            try container.encode(rule.length.upperBound, forKey: .maxLength)
            try container.encodeIfPresent(rule.pattern, forKey: .pattern)
            try container.encodeIfPresent(rule.format, forKey: .format)
        case .choice(let words):
            try container.encode("string", forKey: .type)
            try container.encode(words, forKey: .enum)
        case .integer: try container.encode("integer", forKey: .type)
        case .range(let range):
            try container.encode("integer", forKey: .type)
            try container.encode(range.lowerBound, forKey: .minimum)
            try container.encode(range.upperBound, forKey: .maximum)
        case .boolean: try container.encode("boolean", forKey: .type)
        case .list(let item):
            try container.encode("array", forKey: .type)
            try container.encode(item, forKey: .items)
        case .map(let value):
            try container.encode("object", forKey: .type)
            try container.encode(value, forKey: .additionalProperties)
        case .object(let fields, let isClosed):
            try container.encode("object", forKey: .type)
            var properties = container.nestedContainer(keyedBy: Name.self, forKey: .properties)
            for field in fields { try properties.encode(field.schema, forKey: Name(stringValue: field.name)) }
            let required = fields.filter(\.isRequired).map(\.name)
            if !required.isEmpty { try container.encode(required, forKey: .required) }
            if isClosed { try container.encode(false, forKey: .additionalProperties) }
        }
    }
}
