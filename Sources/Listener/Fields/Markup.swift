import Foundation

/// Writes answers in XML and JSON.
enum Markup {
    /// An element with a text element for each child that has a value.
    static func element(_ name: String, _ children: [(String, String?)]) -> String {
        "<\(name)>" + children.compactMap { name, text in text.map { "<\(name)>\(escaped($0))</\(name)>" } }.joined()
            + "</\(name)>"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
            .filter { !$0.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" && $0 != "\t" } }
    }

    /// A JSON object of texts and numbers.
    static func object(_ members: [(String, JSONValue)]) -> String {
        "{" + members.map { "\(quoted($0)):\($1.written)" }.joined(separator: ",") + "}"
    }

    enum JSONValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral {
        case text(String)
        case number(Int)

        init(stringLiteral value: String) { self = .text(value) }
        init(integerLiteral value: Int) { self = .number(value) }

        var written: String {
            switch self {
            case .text(let text): Markup.quoted(text)
            case .number(let number): "\(number)"
            }
        }
    }

    /// A JSON text.
    static func quoted(_ text: String) -> String {
        guard let data = try? JSONEncoder().encode(text) else { return "\"\"" }
        return String(decoding: data, as: UTF8.self).replacing("\\/", with: "/")
    }
}
