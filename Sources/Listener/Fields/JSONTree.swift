import Foundation

/// A JSON value; numbers as their exact decimal text.
enum JSONTree: Decodable {
    case text(String)
    case object([String: JSONTree])
    case list([JSONTree])
    case null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let flag = try? container.decode(Bool.self) {
            self = .text(flag ? "true" : "false")
        } else if let number = try? container.decode(Decimal.self) {
            self = .text("\(number)")
        } else if let items = try? container.decode([JSONTree].self) {
            self = .list(items)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }
}
