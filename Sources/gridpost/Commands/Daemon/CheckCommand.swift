import Tokens
import Messages
import ModemMessages
import ArgumentParser
import Foundation
import Gateway
import Listener
import ModemLink
import Store

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
                        "\(installation.configuration.file): there are devices with tokens of '\(unknown.sorted().joined(separator: "', '"))'; add a section [tokens.vendors.NAME] for each"
                )
            }
            let reader = installation.library.reader
            Terminal.say("configuration  \(installation.configuration.file)")
            show(database, installation.configuration.database)
            Terminal.say(
                "formats        \(reader.providers.map(\.formats.count).reduce(0, +)) of \(reader.providers.count) wallets, all examples passed"
            )
            Terminal.say("languages      \(installation.library.texts.languages.joined(separator: ", "))")
            for slip in installation.library.texts.slips {
                Terminal.say(
                    Terminal.styled(
                        "note           \(slip.language)/\(slip.text.rawValue).txt: '\(slip.character)' is not in the GSM alphabet; this SMS costs twice as much",
                        .yellow))
            }
            for (name, value) in try installation.issuer.sts.keyCheckValues() {
                Terminal.say(
                    "vending key    sgc \(name.supplyGroup) krn \(name.keyRevision) kt \(name.keyType), check value \(value)"
                )
            }
            for vendor in installation.configuration.tokens.vendors {
                Terminal.say("token vendor   \(vendor.name), \(vendor.kind.rawValue) at \(vendor.endpoint.url)")
            }
            if let listener = installation.listener {
                let routes =
                    listener.notices.map { "/payments/\($0.name)" }
                    + listener.ussd.map { "/ussd/\($0.aggregator.name)" }
                Terminal.say(
                    "listener       \(listener.host):\(listener.port), \(routes.isEmpty ? "no routes" : routes.joined(separator: ", "))"
                )
            }
            for (modem, _) in installation.modems {
                guard let missing = missing(modem) else { continue }
                Terminal.say(
                    Terminal.styled(
                        "note           modem \"\(modem.name)\": \(missing) does not exist now; the daemon will wait for it",
                        .yellow))
            }
            if installation.configuration.providers.isEmpty {
                Terminal.say(
                    Terminal.styled(
                        "note           no wallet is listed in [payments] providers: no payment is credited; use 'gridpost wallets use ID'",
                        .yellow))
            }
            Terminal.say(Terminal.styled("all checks passed", .green))
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode(1)
        }
    }

    /// The path that the daemon would wait for: the device, or the socket of the modem process that opens the device.
    private func missing(_ modem: ModemConfiguration) -> String? {
        let path =
            switch modem.reach {
            case .child: modem.settings.device
            case .socket(let path): path
            }
        return FileManager.default.fileExists(atPath: path) ? nil : path
    }

    /// Inspects the database without changing it or the files next to it.
    private func inspect(_ path: String) throws -> Inspection {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw Store.Refusal.cannotOpen(
                path: path, reason: "its folder \(folder) is not writable; create it for the service's user")
        }
        return try Inspection(path: path)
    }

    private func show(_ database: Inspection, _ path: String) {
        var words = path
        switch database.version {
        case .empty: words += ", empty; the daemon creates its tables"
        case .current(let version), .older(let version, _): words += ", version \(version)"
        }
        if database.isInUse { words += ", in use by a daemon" }
        Terminal.say("database       \(words)")
        if case .older(_, let latest) = database.version {
            note("when the daemon starts, it will back up the database and upgrade it to version \(latest)")
        }
        if database.soundness == .unfinished {
            note(
                "the database is too large to check completely in a few seconds; no fault was found in the part checked"
            )
        }
    }

    private func note(_ text: String) { Terminal.say(Terminal.styled("note           \(text)", .yellow)) }
}
