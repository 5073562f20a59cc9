import Foundation

/// Writes answers in XML and JSON.
enum Markup {
    /// An element with elements in it, or with a text.
    static func element(_ name: String, _ children: [(String, String?)]) -> String {
        "<\(name)>" + children.compactMap { name, text in text.map { "<\(name)>\(escaped($0))</\(name)>" } }.joined()
            + "</\(name)>"
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
            .filter { !$0.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" } }
    }

    /// A JSON object of texts, numbers and flags.
    static func object(_ members: [(String, JSONText?)]) -> String {
        "{" + members.compactMap { name, value in value.map { "\(quoted(name)):\($0.written)" } }.joined(separator: ",")
            + "}"
    }

    enum JSONText: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
        case text(String)
        case number(Int)
        case flag(Bool)

        init(stringLiteral value: String) { self = .text(value) }
        init(integerLiteral value: Int) { self = .number(value) }
        init(booleanLiteral value: Bool) { self = .flag(value) }

        var written: String {
            switch self {
            case .text(let text): Markup.quoted(text)
            case .number(let number): "\(number)"
            case .flag(let flag): "\(flag)"
            }
        }
    }

    static func quoted(_ text: String) -> String {
        guard let data = try? JSONEncoder().encode(text) else { return "\"\"" }
        return String(decoding: data, as: UTF8.self).replacing("\\/", with: "/")
    }
}
