import ArgumentParser
import Foundation
import Gateway
import Messages
import ModemLink
import ModemMessages
import Store
import Tokens

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check configuration, keys, templates, formats with their examples, and the database.",
        discussion: "Example: gridpost check --config /etc/gridpost/gateway.toml")

    @Option(help: "The configuration file.")
    var config: String

    func run() async throws {
        do {
            let installation = try Installation(configurationFile: config, proving: true)
            try checkDatabase(installation.configuration.database)
            let reader = installation.library.reader
            Terminal.say("configuration  \(installation.configuration.file)")
            Terminal.say(
                "formats        \(reader.providers.map(\.formats.count).reduce(0, +)) of \(reader.providers.count) wallets, all proved by their examples"
            )
            Terminal.say("languages      \(installation.library.texts.languages.joined(separator: ", "))")
            for (name, value) in try installation.issuer.sts.keyCheckValues() {
                Terminal.say(
                    "vending key    sgc \(name.supplyGroup) krn \(name.keyRevision) kt \(name.keyType), check value \(value)"
                )
            }
            for (modem, _) in installation.modems where !FileManager.default.fileExists(atPath: modem.settings.device) {
                Terminal.say(
                    Terminal.styled(
                        "note           modem \"\(modem.name)\": \(modem.settings.device) is not there now; the daemon waits for it",
                        .yellow))
            }
            Terminal.say(Terminal.styled("all is well", .green))
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode(1)
        }
    }

    /// A database in use is in good hands; one that is there must open.
    private func checkDatabase(_ path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw Store.Refusal.cannotOpen(
                path: path, reason: "its folder \(folder) cannot be written; create it for the service's user")
        }
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try Store(path: path).close()
        } catch Store.Refusal.inUse {
            return
        }
    }
}
