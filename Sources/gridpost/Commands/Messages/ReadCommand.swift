import ArgumentParser
import Foundation
import Messages

struct ReadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Read texts as the daemon would: JSON lines in, JSON lines out.",
        discussion: """
            Example:
              echo '{"id":1,"from":"MPESA","country":"KE","text":"..."}' | gridpost read

            A line has id, from and text, and may have country, smsc, received_at, role, known and meters. With role or known,
            the sender is known to the company, and a text that is not a provider's is read as 'person'. Otherwise the text is
            only checked for provider messages, and other texts are 'ignore'.
            """)

    @Option(help: "The configuration file; default: all shipped formats.")
    var config: String?

    func run() async throws {
        let library = try load()
        let reader = library.reader
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        while let line = readLine() {
            if line.isEmpty { continue }
            do {
                guard line.utf8.count <= 64 * 1024 else {
                    throw LineFault(description: "the line is longer than 64 KiB")
                }
                let request = try decoder.decode(ReadRequest.self, from: Data(line.utf8))
                let answer = request.read(by: reader, library: library)
                Terminal.say(String(decoding: try encoder.encode(answer), as: UTF8.self))
            } catch {
                let fault = ["error": "the line is not a valid request: \(error)"]
                Terminal.say(String(decoding: (try? encoder.encode(fault)) ?? Data("{}".utf8), as: UTF8.self))
            }
        }
    }

    private struct LineFault: Error, CustomStringConvertible {
        let description: String
    }

    private func load() throws -> Library {
        do {
            let paths = InstalledPaths()
            guard let config else { return try Library(try paths.templates(nil, overrides: nil)) }
            let configuration = try ConfigurationFile.read(config)
            let folders = try paths.templates(configuration.paths.templates, overrides: configuration.paths.overrides)
            let wallets = Set(configuration.providers)
            return try Library(folders, wallets: .inUse(wallets, country: configuration.company.country))
        } catch {
            Terminal.complain("gridpost: \(error)")
            throw ExitCode(1)
        }
    }
}
