import ArgumentParser
import Foundation
import Listener

/// Lists the drivers of payment notices over HTTP, and what is known of their providers. Works without a daemon.
struct NoticeDrivers: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drivers",
        abstract: "List the wallets' interfaces for notices over HTTP, and what is sure of them.",
        discussion: "Example: gridpost payments drivers. Works without the daemon.")

    @Flag(help: "Print JSON.")
    var json = false

    private struct Row: Encodable {
        let driver: String
        let isBuilt: Bool
        let provider: String
        let proof: String
        let refusal: String
        let secrets: [String]
        let certain: String
        let guessed: String
    }

    func run() throws {
        let rows = NoticeDriverKind.allCases.map { kind in
            let facts = kind.facts
            return Row(
                driver: kind.rawValue, isBuilt: kind.isBuilt, provider: facts.provider, proof: facts.proof,
                refusal: facts.refusal, secrets: kind.secrets, certain: facts.certain, guessed: facts.guessed)
        }
        guard !json else {
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return Terminal.say(String(decoding: try encoder.encode(["drivers": rows]), as: UTF8.self))
        }
        for row in rows {
            Terminal.say(
                Terminal.styled(row.driver, .bold) + (row.isBuilt ? "" : Terminal.styled("  no driver yet", .yellow)))
            var fields = FieldList()
            fields.add("  provider", row.provider)
            fields.add("  proof", row.proof)
            if row.isBuilt { fields.add("  wrong serial", row.refusal) }
            fields.add("  credentials", row.secrets.isEmpty ? nil : row.secrets.joined(separator: ", "))
            fields.add("  certain", row.certain)
            fields.add("  guessed", row.guessed)
            fields.show()
            Terminal.say("")
        }
    }
}
