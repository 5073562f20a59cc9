import Foundation
import FoundationXML

/// The fields of a request by name, whatever its form: an XML document's elements, a JSON object's members, a form.
/// Names are compared without case and without namespace.
struct FlatFields: Sendable {
    private var values: [String: String] = [:]
    private static let most = 200
    private static let longestValue = 1_000

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
        guard let tree = try? JSONDecoder().decode(JSONTree.self, from: Data(bytes)), case .object(let members) = tree
        else { return nil }
        add(members, isNested)
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

    /// The elements with text of an XML document. `nil` if it is not well-formed, or has a document type: nothing that
    /// a wallet sends has one, and entities are made there.
    init?(xml bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0), Self.isUTF8(text),
            !text.contains("<!DOCTYPE"),
            !text.contains("<!ENTITY")
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

/// Collects the text of each element.
private final class XMLReader: NSObject, XMLParserDelegate {
    private static let deepest = 20
    private static let most = 400

    var found: [(String, String)] = []
    var isTooDeep = false
    private var texts: [String] = []

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        texts.append("")
        if texts.count > Self.deepest || found.count > Self.most {
            isTooDeep = true
            parser.abortParsing()
        }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        guard let last = texts.indices.last, texts[last].utf8.count < 2_000 else { return }
        texts[last] += text
    }

    func parser(_ parser: XMLParser, foundCDATA data: Data) {
        self.parser(parser, foundCharacters: String(decoding: data, as: UTF8.self))
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        guard let text = texts.popLast() else { return }
        found.append((String(name.split(separator: ":").last ?? ""), text))
    }
}

/// A JSON value; numbers as their exact decimal text.
private enum JSONTree: Decodable {
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
