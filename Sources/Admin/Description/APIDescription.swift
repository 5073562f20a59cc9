import HTTPTypes
import Foundation

/// The OpenAPI document of a list of endpoints.
struct APIDescription: Encodable {
    private let endpoints: [Endpoint]
    private let version: String

    init(_ endpoints: [Endpoint], version: String) {
        self.endpoints = endpoints
        self.version = version
    }

    /// The document as served. Its keys are encoded as written in this file.
    func document() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }

    private struct Name: CodingKey, ExpressibleByStringLiteral {
        let stringValue: String
        let intValue: Int? = nil
        init(_ text: String) { stringValue = text }
        init(stringLiteral text: String) { stringValue = text }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private typealias Object = KeyedEncodingContainer<Name>

    func encode(to encoder: any Encoder) throws {
        var root = encoder.container(keyedBy: Name.self)
        try root.encode("3.1.0", forKey: "openapi")
        var info = root.nestedContainer(keyedBy: Name.self, forKey: "info")
        try info.encode("Gridpost admin API", forKey: "title")
        try info.encode(version, forKey: "version")
        try info.encode(
            "HTTP over a unix socket. Amounts are decimal strings with a currency; times are RFC 3339 in UTC. Changes accept an Idempotency-Key header.",
            forKey: "description")
        var paths = root.nestedContainer(keyedBy: Name.self, forKey: "paths")
        var seen: [String] = []
        for endpoint in endpoints where !seen.contains(endpoint.path) {
            seen.append(endpoint.path)
            var path = paths.nestedContainer(keyedBy: Name.self, forKey: Name(endpoint.path))
            for same in endpoints where same.path == endpoint.path {
                var operation = path.nestedContainer(
                    keyedBy: Name.self, forKey: Name(same.method.rawValue.lowercased()))
                try describe(same, &operation)
            }
        }
        var components = root.nestedContainer(keyedBy: Name.self, forKey: "components")
        var schemas = components.nestedContainer(keyedBy: Name.self, forKey: "schemas")
        var named = [Schema.named(APIError.self)]
        for schema in endpoints.flatMap({ [$0.takes, $0.gives] }).compactMap({ $0 }) where !named.contains(schema) {
            named.append(schema)
        }
        for schema in named { try schemas.encode(schema.schema, forKey: Name(schema.name)) }
    }

    private func describe(_ endpoint: Endpoint, _ operation: inout Object) throws {
        try operation.encode(endpoint.summary, forKey: "summary")
        try operation.encode(endpoint.operationID, forKey: "operationId")
        var parameters = operation.nestedUnkeyedContainer(forKey: "parameters")
        func add(_ name: String, _ place: String, _ meaning: String?, _ schema: Schema = .text, isRequired: Bool) throws
        {
            var parameter = parameters.nestedContainer(keyedBy: Name.self)
            try parameter.encode(name, forKey: "name")
            try parameter.encode(place, forKey: "in")
            try parameter.encode(isRequired, forKey: "required")
            if let meaning { try parameter.encode(meaning, forKey: "description") }
            try parameter.encode(schema, forKey: "schema")
        }
        for name in endpoint.pathParameters {
            try add(name, "path", nil, FieldRules.path(name), isRequired: true)
        }
        for parameter in endpoint.query {
            try add(parameter.name, "query", parameter.meaning, parameter.schema, isRequired: false)
        }
        if endpoint.method != .get {
            try add(
                "Idempotency-Key", "header", "a request repeated with the same key is carried out once", .ruled(.key),
                isRequired: false)
        }
        if let takes = endpoint.takes, !takes.schema.fields.isEmpty {
            var body = operation.nestedContainer(keyedBy: Name.self, forKey: "requestBody")
            try body.encode(true, forKey: "required")
            try content(of: takes, endpoint.takesType, &body)
        }
        var responses = operation.nestedContainer(keyedBy: Name.self, forKey: "responses")
        var good = responses.nestedContainer(keyedBy: Name.self, forKey: Name("\(endpoint.status.code)"))
        try good.encode("success", forKey: "description")
        if let gives = endpoint.gives { try content(of: gives, endpoint.givesType, &good) }
        if let refuses = endpoint.refuses {
            var refusal = responses.nestedContainer(keyedBy: Name.self, forKey: "422")
            try refusal.encode("invalid", forKey: "description")
            try content(of: refuses, "application/json", &refusal)
        }
        for (status, meaning) in endpoint.errors where status != 422 || endpoint.refuses == nil {
            var error = responses.nestedContainer(keyedBy: Name.self, forKey: Name("\(status)"))
            try error.encode(meaning, forKey: "description")
            try content(of: Schema.named(APIError.self), "application/json", &error)
        }
    }

    private func content(of schema: Schema.Named, _ type: String, _ object: inout Object) throws {
        var content = object.nestedContainer(keyedBy: Name.self, forKey: "content")
        var media = content.nestedContainer(keyedBy: Name.self, forKey: Name(type))
        var reference = media.nestedContainer(keyedBy: Name.self, forKey: "schema")
        try reference.encode("#/components/schemas/\(schema.name)", forKey: "$ref")
    }
}
