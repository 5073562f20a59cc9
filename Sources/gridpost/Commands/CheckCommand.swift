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
            let makers = try await checkDatabase(installation.configuration.database)
            let unknown = makers.subtracting(installation.issuer.kinds)
            guard unknown.isEmpty else {
                throw InstalledPaths.NotFound(
                    description:
                        "\(installation.configuration.file): there are devices whose tokens '\(unknown.sorted().joined(separator: "', '"))' makes, and no [tokens.vendors] of that name"
                )
            }
            let reader = installation.library.reader
            Terminal.say("configuration  \(installation.configuration.file)")
            Terminal.say(
                "formats        \(reader.providers.map(\.formats.count).reduce(0, +)) of \(reader.providers.count) wallets, all proved by their examples"
            )
            Terminal.say("languages      \(installation.library.texts.languages.joined(separator: ", "))")
            for slip in installation.library.texts.slips {
                Terminal.say(
                    Terminal.styled(
                        "note           \(slip.language)/\(slip.text.rawValue).txt: '\(slip.character)' is not in the GSM alphabet and doubles the price of this SMS",
                        .yellow))
            }
            for (name, value) in try installation.issuer.sts.keyCheckValues() {
                Terminal.say(
                    "vending key    sgc \(name.supplyGroup) krn \(name.keyRevision) kt \(name.keyType), check value \(value)"
                )
            }
            for vendor in installation.configuration.tokens.vendors {
                Terminal.say("token maker    \(vendor.name), \(vendor.kind.rawValue) at \(vendor.endpoint.url)")
            }
            for (modem, _) in installation.modems {
                guard let missing = missing(modem) else { continue }
                Terminal.say(
                    Terminal.styled(
                        "note           modem \"\(modem.name)\": \(missing) is not there now; the daemon waits for it",
                        .yellow))
            }
            Terminal.say(Terminal.styled("all is well", .green))
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode(1)
        }
    }

    /// What the daemon would wait for: the device, or the socket of the process that looks for the device itself.
    private func missing(_ modem: ModemConfiguration) -> String? {
        let path =
            switch modem.reach {
            case .child: modem.settings.device
            case .socket(let path): path
            }
        return FileManager.default.fileExists(atPath: path) ? nil : path
    }

    /// A database in use is in good hands; one that is there must open. Gives back whose tokens its devices have.
    private func checkDatabase(_ path: String) async throws -> Set<String> {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw Store.Refusal.cannotOpen(
                path: path, reason: "its folder \(folder) cannot be written; create it for the service's user")
        }
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        do {
            let store = try Store(path: path)
            let makers = try await store.read { try $0.registry.tokenKinds() }
            try store.close()
            return makers
        } catch Store.Refusal.inUse {
            return []
        }
    }
}
