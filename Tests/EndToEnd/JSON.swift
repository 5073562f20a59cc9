import Admin
import Foundation

/// A JSON value of the OpenAPI document or of a response.
indirect enum JSON: Codable {
    case object([String: JSON])
    case list([JSON])
    case text(String)
    case number(Double)
    case boolean(Bool)
    case null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSON].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .object(let fields): try container.encode(fields)
        case .list(let items): try container.encode(items)
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        case .boolean(let value): try container.encode(value)
        case .null: try container.encodeNil()
        }
    }

    subscript(key: String) -> JSON? { if case .object(let fields) = self { fields[key] } else { nil } }
    var fields: [String: JSON] { if case .object(let fields) = self { fields } else { [:] } }
    var items: [JSON] { if case .list(let items) = self { items } else { [] } }
    var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The ways in which this value violates a schema; empty if it is valid.
    func faults(_ schema: JSON?, _ root: JSON, at place: String = "") -> [String] {
        guard let schema else { return ["\(place): no schema"] }
        if let reference = schema["$ref"]?.text {
            let name = String(reference.split(separator: "/").last ?? "")
            return faults(root["components"]?["schemas"]?[name], root, at: place)
        }
        switch (schema["type"]?.text, self) {
        case ("string", .text), ("boolean", .boolean): return []
        case ("integer", .number(let value)): return value == value.rounded() ? [] : ["\(place): \(value) is not whole"]
        case ("array", .list(let items)):
            return items.enumerated().flatMap { $1.faults(schema["items"], root, at: "\(place)[\($0)]") }
        case ("object", .object(let fields)):
            if let values = schema["additionalProperties"] {
                return fields.flatMap { $1.faults(values, root, at: "\(place).\($0)") }
            }
            let known = schema["properties"]?.fields ?? [:]
            let missing = (schema["required"]?.items ?? []).compactMap(\.text).filter { fields[$0] == nil }
            return missing.map { "\(place).\($0) is missing" }
                + fields.flatMap { name, value in
                    known[name].map { value.faults($0, root, at: "\(place).\(name)") } ?? [
                        "\(place).\(name) is not described"
                    ]
                }
        default: return ["\(place): is not of type \(schema["type"]?.text ?? "?")"]
        }
    }
}

extension GatewayUnderTest {
    func json(_ path: String) async throws -> JSON {
        try await client.get(path, as: JSON.self).value
    }

    func post(_ path: String, _ body: String, key: String? = nil) async throws -> (status: UInt, JSON) {
        let answer = try await client.post(path, Data(body.utf8), idempotencyKey: key)
        return (answer.status, try JSONDecoder().decode(JSON.self, from: answer.body))
    }
}
