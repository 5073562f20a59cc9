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
            let database = try inspect(installation.configuration.database)
            let unknown = database.tokenKinds.subtracting(installation.issuer.kinds)
            guard unknown.isEmpty else {
                throw InstalledPaths.NotFound(
                    description:
                        "\(installation.configuration.file): there are devices whose tokens '\(unknown.sorted().joined(separator: "', '"))' makes, and no [tokens.vendors] of that name"
                )
            }
            let reader = installation.library.reader
            Terminal.say("configuration  \(installation.configuration.file)")
            show(database, installation.configuration.database)
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
            if installation.configuration.providers.isEmpty {
                Terminal.say(
                    Terminal.styled(
                        "note           no wallet is listed in [payments] providers: no payment is credited until 'gridpost wallets use ID'",
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

    /// Looks into the database and changes nothing: neither it nor the files beside it.
    private func inspect(_ path: String) throws -> Inspection {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw Store.Refusal.cannotOpen(
                path: path, reason: "its folder \(folder) cannot be written; create it for the service's user")
        }
        return try Inspection(path: path)
    }

    private func show(_ database: Inspection, _ path: String) {
        var words = path
        switch database.version {
        case .empty: words += ", empty; the daemon makes its tables"
        case .current(let version), .older(let version, _): words += ", version \(version)"
        }
        if database.isInUse { words += ", in use by a daemon" }
        Terminal.say("database       \(words)")
        if case .older(_, let latest) = database.version {
            note("the daemon will copy the database beside itself and bring it to version \(latest) when it starts")
        }
        if database.soundness == .unfinished {
            note("the database is too large to be checked whole in a few seconds; no fault was found until then")
        }
    }

    private func note(_ text: String) { Terminal.say(Terminal.styled("note           \(text)", .yellow)) }
}
