import ArgumentParser
import Foundation
import Messages
import StrictTOML

/// The source of formats: the shipped ones, overridden by those of a configuration.
struct FormatSource: ParsableArguments {
    @Option(help: "The configuration file with your own formats; default: only the shipped formats.")
    var config: String?

    func library() throws -> Library { try load(overrides: nil) }

    /// The library with one wallet's file instead of the installed one, and that wallet's id.
    func library(with file: String) throws -> (library: Library, id: String) {
        let url = URL(fileURLWithPath: file)
        guard url.pathExtension == "toml", FileManager.default.isReadableFile(atPath: url.path) else {
            throw Self.complaint("\(file) is not a readable .toml file")
        }
        return (try load(overrides: url.path), url.deletingPathExtension().lastPathComponent)
    }

    private func load(overrides file: String?) throws -> Library {
        do {
            let paths = InstalledPaths()
            let configuration = try config.map { try ConfigurationFile.read($0) }
            var folders = try paths.templates(
                configuration?.paths.templates, overrides: configuration?.paths.overrides)
            folders.wallet = file
            return try Library(folders)
        } catch {
            throw Self.complaint("\(error)")
        }
    }

    static func provider(_ id: String, in library: Library) throws -> PaymentProvider {
        if let provider = library.reader.providers.first(where: { $0.id == id }) { return provider }
        throw complaint(
            "there is no wallet '\(id)'\(NearestWord.hint(id, in: library.reader.providers.map(\.id))); see 'gridpost formats list'"
        )
    }

    static func complaint(_ text: String) -> ExitCode {
        Terminal.complain("gridpost: \(text)")
        return ExitCode(1)
    }

    static func print(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        Terminal.say(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}
