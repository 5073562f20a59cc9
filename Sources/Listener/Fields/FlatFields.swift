import Foundation
import FoundationXML

/// The fields of a request by name, whatever its form: an XML document's elements, a JSON object's members, a form.
/// Names are compared without case and without namespace.
struct FlatFields: Sendable {
    private var values: [String: String] = [:]
    private static let most = 200
    private static let longestValue = 1_000
    private static let deepest = 64

    /// The first non-empty of some fields.
    subscript(names: String...) -> String? {
        for name in names {
            if let value = values[name.lowercased()]?.trimmingCharacters(in: .whitespacesAndNewlines), !value.isEmpty {
                return value
            }
        }
        return nil
    }

    private mutating func add(_ name: String, _ value: String) {
        guard values.count < Self.most, value.utf8.count <= Self.longestValue else { return }
        let key = name.lowercased()
        if values[key] == nil { values[key] = value }
    }

    init(_ pairs: [String: String]) {
        for (name, value) in pairs { add(name, value) }
    }

    // MARK: JSON

    /// The members of a JSON object, and with `isNested` those of objects in it. `nil` if it is none. What decides about
    /// money must not be nested: payers may add objects of their own.
    init?(json bytes: some Collection<UInt8>, isNested: Bool = true) {
        guard Self.isShallow(bytes), let tree = try? JSONDecoder().decode(JSONTree.self, from: Data(bytes)),
            case .object(let members) = tree
        else { return nil }
        add(members, isNested)
    }

    /// Whether objects and lists are nested no deeper than real requests are: decoding takes stack for each level. A
    /// bracket in a text counts, too.
    private static func isShallow(_ bytes: some Collection<UInt8>) -> Bool {
        var depth = 0
        for byte in bytes {
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
            if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { depth -= 1 }
            if depth > deepest { return false }
        }
        return true
    }

    private mutating func add(_ members: [String: JSONTree], _ isNested: Bool) {
        var nested: [[String: JSONTree]] = []
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            switch value {
            case .text(let text): add(name, text)
            case .object(let members): nested.append(members)
            case .list(let items):
                for case .object(let members) in items { nested.append(members) }
            case .null: continue
            }
        }
        // A name in the outer object goes before one in an inner one.
        if isNested { for members in nested { add(members, true) } }
    }

    // MARK: Forms

    /// The fields of a form (`application/x-www-form-urlencoded`).
    init(form bytes: some Collection<UInt8>) {
        for pair in String(decoding: bytes, as: UTF8.self).split(separator: "&").prefix(Self.most) {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let words = halves.map { $0.replacing("+", with: " ").removingPercentEncoding ?? String($0) }
            add(words[0], words.count > 1 ? words[1] : "")
        }
    }

    // MARK: XML

    /// The elements with text of an XML document. `nil` if it is not well-formed, is not in UTF-8, or has a document type:
    /// nothing that a wallet sends has one, and entities are made there. A zero octet would be UTF-16, in which a document
    /// type hides from this search.
    init?(xml bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0), Self.isUTF8(text),
            !text.contains("<!DOCTYPE"), !text.contains("<!ENTITY")
        else { return nil }
        let reader = XMLReader()
        let parser = XMLParser(data: Data(bytes))
        parser.shouldResolveExternalEntities = false
        parser.delegate = reader
        guard parser.parse(), !reader.isTooDeep else { return nil }
        for (name, value) in reader.found { add(name, value) }
    }
}

extension FlatFields {
    /// Whether the XML declaration names no other encoding.
    private static func isUTF8(_ text: String) -> Bool {
        guard let encoding = text.prefix(200).firstMatch(of: /encoding\s*=\s*["']([^"']*)["']/) else { return true }
        return ["utf-8", "us-ascii"].contains(encoding.1.lowercased())
    }
}
