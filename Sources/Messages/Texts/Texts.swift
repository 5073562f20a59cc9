import Foundation
import StrictTOML

/// The texts of all languages.
package struct Texts: Sendable {
    private let templates: [String: [TextName: TextTemplate]]

    /// Languages that have every text.
    package var languages: [String] { templates.keys.sorted() }

    /// Reads `en/token.txt` and the like; a language lacks nothing, or it is a fault.
    init(_ folders: LibraryFolders) throws {
        var templates: [String: [TextName: TextTemplate]] = [:]
        var faults: [TOMLFault] = []
        for language in try folders.folders().sorted() where language.count == 2 {
            var texts: [TextName: TextTemplate] = [:]
            let files = Dictionary(
                uniqueKeysWithValues: try folders.files(in: language, ending: ".txt").map { ($0.name, $0.path) })
            for (name, path) in files.sorted(by: { $0.key < $1.key }) {
                guard let text = TextName(rawValue: name) else {
                    let near =
                        NearestWord.of(name, in: TextName.allCases.map(\.rawValue)).map { "; did you mean \($0).txt?" }
                        ?? ""
                    faults.append(TOMLFault(file: path, line: nil, message: "no text is called '\(name)'\(near)"))
                    continue
                }
                var content = try String(contentsOfFile: path, encoding: .utf8)
                while content.hasSuffix("\n") { content.removeLast() }
                do {
                    texts[text] = try TextTemplate(content, for: text)
                } catch {
                    faults.append(TOMLFault(file: path, line: error.line, message: error.message))
                }
            }
            for missing in TextName.allCases where files[missing.rawValue] == nil {
                faults.append(
                    TOMLFault(
                        file: "\(folders.home(of: language))/\(language)/\(missing.rawValue).txt", line: nil,
                        message: "is missing: a language has every text"))
            }
            templates[language] = texts
        }
        guard faults.isEmpty else { throw TOMLFaults(faults) }
        self.templates = templates
    }

    /// Texts that cost twice for one character that the GSM alphabet lacks, with that character. Where many stand, the
    /// language has its own letters, and no slip is told.
    package var slips: [(language: String, text: TextName, character: Character)] {
        templates.sorted { $0.key < $1.key }.flatMap { language, texts in
            texts.sorted { $0.key.rawValue < $1.key.rawValue }.compactMap { name, template in
                let foreign = template.foreignCharacters
                guard let first = foreign.first, foreign.count <= 2 else { return nil }
                return (language, name, first)
            }
        }
    }

    /// A text in the first of `languages` that has it. Values for places that a template leaves out are fine; a required
    /// place that lacks its value is an error, for half a text is worse than none.
    package func render(_ name: TextName, _ languages: [String], _ values: [String: String]) throws -> String {
        if let missing = name.required.first(where: { values[$0] == nil }) {
            throw MissingValue(text: name, place: missing)
        }
        for language in languages {
            if let template = templates[language]?[name] { return template.render(values) }
        }
        guard let template = templates.values.first?[name] else { throw MissingValue(text: name, place: "template") }
        return template.render(values)
    }

    package struct MissingValue: Error, CustomStringConvertible {
        let text: TextName
        let place: String
        package var description: String { "the text '\(text.rawValue)' lacks a value for {\(place)}" }
    }
}
