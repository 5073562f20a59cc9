import Foundation
import StrictTOML

/// The text templates of all languages.
package struct Texts: Sendable {
    private let templates: [String: [TextName: TextTemplate]]

    /// The codes of the loaded languages, each with every text.
    package var languages: [String] { templates.keys.sorted() }

    /// Loads `en/token.txt` and similar files; a missing text is a fault.
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
                    faults.append(TOMLFault(file: path, line: nil, message: "unknown text '\(name)'\(near)"))
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
                        message: "is missing; every language needs every text"))
            }
            templates[language] = texts
        }
        guard faults.isEmpty else { throw TOMLFaults(faults) }
        self.templates = templates
    }

    /// Texts that cost twice as much because of one or two characters outside the GSM alphabet, with such a character.
    /// Texts with more of them are in a language that needs these letters, and are not listed.
    package var slips: [(language: String, text: TextName, character: Character)] {
        templates.sorted { $0.key < $1.key }.flatMap { language, texts in
            texts.sorted { $0.key.rawValue < $1.key.rawValue }.compactMap { name, template in
                let foreign = template.foreignCharacters
                guard let first = foreign.first, foreign.count <= 2 else { return nil }
                return (language, name, first)
            }
        }
    }

    /// Renders a text in the first of `languages` that has it. Values for absent placeholders are ignored.
    ///
    /// - Throws: `MissingValue` if a required placeholder has no value, or no language has the text.
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
