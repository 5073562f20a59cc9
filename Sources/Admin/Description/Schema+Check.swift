import Domain
import Foundation
import StrictTOML

extension Schema {
    /// Refuses fields that are not known, `null`, and values that break the rules of their fields, at any depth. Types,
    /// and what else a value means, are looked at when it is decoded.
    /// - Throws: `HTTPRefusal` with status 400 that names the field.
    func check(_ value: Any, as name: String = "") throws {
        switch (self, value) {
        case (.object(let fields, _), let object as [String: Any]):
            func path(_ key: String) -> String { name.isEmpty ? key : "\(name).\(key)" }
            for (key, value) in object.sorted(by: { $0.key < $1.key }) {
                guard let field = fields.first(where: { $0.name == key }) else {
                    let near = NearestWord.hint(key, in: fields.map(\.name))
                    throw APIError.badRequest("unknown field '\(path(key))'\(near)")
                }
                // What is not to be said is left out.
                guard !(value is NSNull) else { throw APIError.badRequest("the field '\(path(key))' is null") }
                try field.schema.check(value, as: path(key))
            }
        case (.list(let item), let list as [Any]): for value in list { try item.check(value, as: name) }
        case (.map(let item), let map as [String: Any]): for value in map.values { try item.check(value, as: name) }
        case (.choice(let words), let word as String) where !words.contains(word):
            let near = NearestWord.hint(word, in: words)
            throw APIError.badRequest(
                "'\(name)' must be one of \(words.joined(separator: ", ")), not '\(word.prefix(40))'\(near)")
        case (.ruled, let text as String) where text.trimmingSpaces.isEmpty:
            throw APIError.badRequest("'\(name)' is empty")
        case (.ruled(let rule), let text as String) where !rule.allows(text):
            throw APIError.badRequest("'\(name)' must be \(rule.meaning), not '\(text.excerpt(40))'")
        case (.range(let range), let number as NSNumber) where !range.contains(number.int64Value):
            let wanted =
                range.upperBound == .max
                ? "a whole number of \(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
            throw APIError.badRequest("'\(name)' must be \(wanted), not \(number)")
        default: return
        }
    }

    /// Refuses a word of the address that is not of this shape.
    /// - Throws: `HTTPRefusal` with status 400 that names the parameter.
    func check(word: String, as name: String) throws {
        switch self {
        case .range, .integer:
            guard let number = Int64(word) else {
                throw APIError.badRequest("'\(name)' must be a whole number, not '\(word.excerpt(40))'")
            }
            try check(NSNumber(value: number), as: name)
        case .boolean:
            guard Bool(word) != nil else {
                throw APIError.badRequest("'\(name)' must be true or false, not '\(word.excerpt(40))'")
            }
        default: try check(word, as: name)
        }
    }
}
