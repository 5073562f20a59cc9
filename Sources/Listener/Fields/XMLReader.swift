import Foundation
import FoundationXML

/// Collects the text of each element.
final class XMLReader: NSObject, XMLParserDelegate {
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
