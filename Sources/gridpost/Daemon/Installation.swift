import Domain
import Foundation
import Gateway
import Listener
import Messages
import ModemLink
import ModemMessages
import StrictTOML
import Tokens

/// Everything that the configuration refers to, loaded and checked. Used by `run` and `check`.
struct Installation {
    let configuration: Configuration
    let folders: LibraryFolders
    let library: Library
    let company: Company
    let settings: GatewaySettings
    let issuer: TokenIssuer
    let modems: [(modem: ModemConfiguration, limits: ModemLimits)]
    let socketGroup: UInt32?
    /// `nil` if the listener is off.
    let listener: ListenerSettings?
    let walletPINs: [WalletKey: WalletPIN]

    struct Faults: Error, CustomStringConvertible {
        let faults: [String]
        var description: String { faults.joined(separator: "\n") }
    }

    /// Loads everything. `proving` also runs the examples of all formats.
    /// - Throws: `Faults` with everything that is wrong, or an error of `ConfigurationFile.read`.
    init(configurationFile path: String, proving: Bool) throws {
        let configuration = try ConfigurationFile.read(path)
        self.configuration = configuration
        var faults: [String] = []
        func attempt<Value>(_ body: () throws -> Value) -> Value? {
            do {
                return try body()
            } catch {
                faults.append("\(error)")
                return nil
            }
        }
        let paths = InstalledPaths()
        let folders = attempt {
            try paths.templates(configuration.paths.templates, overrides: configuration.paths.overrides)
        }
        let library = folders.flatMap { folders in
            attempt {
                try Library(
                    folders,
                    // `check` covers all wallets; the daemon only loads those in use.
                    wallets: proving
                        ? .all : .inUse(Set(configuration.providers), country: configuration.company.country))
            }
        }
        if let library, proving { _ = attempt { try library.reader.prove() } }
        let company = library.flatMap { library in attempt { try Self.company(configuration, library) } }
        if let library {
            faults += Self.unknownProviders(configuration, library) + Self.unknownQueries(configuration, library)
        }
        let issuer = attempt { try Self.issuer(configuration) }
        // systemd starts the processes of modems behind a socket, so the daemon does not need their program.
        let startsModems = configuration.modems.contains { $0.socket == nil }
        let program = startsModems ? attempt { try paths.modemProgram(configuration.paths.modemProgram) } : ""
        let pins = configuration.modems.map { modem in attempt { try Self.pin(modem) } ?? nil }
        let group = attempt { try Self.group(configuration) } ?? nil
        let limits = company.flatMap { company in attempt { try Self.limits(configuration, company) } }
        let listener =
            library.flatMap { library in
                company.flatMap { company in
                    attempt { try ListenerInstallation.settings(configuration, library, company) }
                }
            } ?? nil
        let walletPINs = library.flatMap { library in attempt { try Self.walletPINs(configuration, library) } }
        guard faults.isEmpty, let folders, let library, let company, let issuer, let program, let limits, let walletPINs
        else {
            throw Faults(faults: faults)
        }
        self.folders = folders
        self.library = library
        self.company = company
        self.issuer = issuer
        socketGroup = group
        self.listener = listener
        var settings = GatewaySettings(amountCeiling: limits.amountCeiling, trust: configuration.trust)
        settings.trust.unverifiedLimit = limits.unverified
        settings.notifications = configuration.eachStep ? .eachStep : .combined
        settings.repliesPerHour = configuration.repliesPerHour
        settings.repliesPerHourOfAll = configuration.repliesPerHourOfAll
        settings.tokensAgainPerDay = configuration.tokensAgainPerDay
        settings.catchUpDays = configuration.catchUpDays
        settings.pricePerPart = configuration.broadcasts.pricePerPart
        settings.reminderHours = configuration.reminderHours
        settings.promoHours = configuration.broadcasts.promoHours
        settings.digestMinute = configuration.staff.digestMinute
        settings.serviceHours = configuration.broadcasts.serviceHours
        settings.walletBalances = configuration.modems.flatMap(\.wallets).map(\.plan)
        self.walletPINs = walletPINs
        self.settings = settings
        modems = zip(configuration.modems, pins).map { modem, pin in
            var modemSettings = ModemSettings(
                device: modem.device, connection: modem.connection, pace: UInt32(modem.pace * 1_000), pin: pin,
                sendTimeout: modem.sendTimeout)
            modemSettings.packsUSSD = modem.packsUSSD
            return (
                ModemConfiguration(
                    name: modem.name, settings: modemSettings,
                    reach: modem.socket.map { .socket(path: $0) } ?? .child(program: program)),
                ModemLimits(networks: modem.networks, ratePerMinute: modem.ratePerMinute, dailyCap: modem.dailyCap)
            )
        }
    }

    /// The file with the PIN of a modem's SIM, as named in the error message for a refused PIN.
    func pinFile(of modem: String) -> String {
        configuration.modems.first { $0.name == modem }?.pinFile ?? "a file and name it as the modem's pin_file"
    }

    private static func company(_ configuration: Configuration, _ library: Library) throws -> Company {
        let company = configuration.company
        guard let country = library.countries[company.country] else {
            throw TOMLFault(
                file: configuration.file, line: nil,
                message:
                    "[company] country \"\(company.country)\" is unknown; known countries: \(library.countries.keys.sorted().joined(separator: ", "))"
            )
        }
        for language in company.languages where !library.texts.languages.contains(language) {
            throw TOMLFault(
                file: configuration.file, line: nil,
                message:
                    "[company] languages: there are no texts in \"\(language)\"; available languages: \(library.texts.languages.joined(separator: ", "))"
            )
        }
        return Company(
            name: company.name, currency: company.currency, country: country, languages: company.languages,
            calendar: company.timeZone)
    }

    private static func limits(_ configuration: Configuration, _ company: Company) throws -> (
        amountCeiling: Money, unverified: Money
    ) {
        let usual = company.country.limits[company.currency.code]
        guard let ceiling = configuration.amountCeiling ?? usual?.amountCeiling,
            let unverified = configuration.unverifiedLimit ?? usual?.unverified
        else {
            throw TOMLFault(
                file: configuration.file, line: nil,
                message:
                    "[payments.trust] 'amount_ceiling' and 'unverified_limit' are required: there are no defaults for \(company.currency.code) in \(company.country.name)"
            )
        }
        return (ceiling, unverified)
    }

    private static func unknownProviders(_ configuration: Configuration, _ library: Library) -> [String] {
        let known = library.walletIDs.sorted()
        var listed: [String] = []
        if case .listed(let numbers) = configuration.trust.smscs { listed = numbers.keys.sorted() }
        let named =
            configuration.providers.map { ("[payments] providers", $0) }
            + configuration.modems.flatMap(\.wallets).map { ("[[modems.wallets]] wallet", $0.plan.wallet.provider) }
            + listed.map { ("[payments.trust] smsc", $0) }
            + configuration.trust.disabled.keys.sorted().map { ("[payments.trust.disabled]", $0) }
        return named.filter { !known.contains($0.1) }.map { place, id in
            let near = NearestWord.of(id, in: known).map { "; did you mean \"\($0)\"?" } ?? ""
            return "\(configuration.file): \(place): there are no formats for \"\(id)\"\(near)"
        }
    }

    private static func unknownQueries(_ configuration: Configuration, _ library: Library) -> [String] {
        let known = library.queries.keys.sorted()
        let airtime = configuration.modems.compactMap(\.airtime).map {
            ("[modems.airtime] query of \($0.modem)", $0.query)
        }
        let wallets = configuration.modems.flatMap(\.wallets).map {
            ("[[modems.wallets]] query of \($0.plan.wallet.provider)", $0.plan.query)
        }
        return (airtime + wallets).filter { library.queries[$0.1] == nil }.map { place, query in
            "\(configuration.file): \(place): there is no \"\(query)\" in ussd/networks; known: \(known.joined(separator: ", "))\(NearestWord.hint(query, in: known))"
        }
    }

    /// The PINs of the wallets that are asked for their balance.
    private static func walletPINs(_ configuration: Configuration, _ library: Library) throws -> [WalletKey: WalletPIN]
    {
        var pins: [WalletKey: WalletPIN] = [:]
        for wallet in configuration.modems.flatMap(\.wallets) {
            let key = wallet.plan.wallet
            let place = "[[modems.wallets]] pin_file of \(key.provider)"
            guard let name = wallet.pinFile else {
                guard library.queries[wallet.plan.query]?.needsPIN != true else {
                    throw InstalledPaths.NotFound(
                        description:
                            "\(configuration.file): \(place) is missing: \(wallet.plan.query) needs the wallet's PIN")
                }
                continue
            }
            let file = SecretFile(path: try SecretPath.of(name, place), credentials: SecretPath.folder)
            pins[key] = WalletPIN(digits: try PINFile.read(file, of: "wallet \"\(key.provider)\""), source: name)
        }
        return pins
    }

    private static func issuer(_ configuration: Configuration) throws -> TokenIssuer {
        let tokens = configuration.tokens
        let tables: EA07Tables? =
            if let file = tokens.tables { try EA07Tables(secret: secret(file)) } else {
                tokens.allowsTestKeys ? .sample : nil
            }
        // systemd provides credentials in a separate folder.
        let credential = SecretPath.folder.map { "\($0)/vending-keys" }
        let path = tokens.vendingKeys ?? credential.flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }
        let keys = try path.map {
            try VendingKeyFile(path: $0, allowTestKeys: tokens.allowsTestKeys, isCredential: $0 == credential)
        }
        let vendors = try tokens.vendors.map { ($0.name, try service(of: $0)) }
        return TokenIssuer(
            keys: keys ?? .empty, tables: tables, vendors: Dictionary(vendors) { first, _ in first })
    }

    /// A vendor's service with its secrets, which are read from a file or a systemd credential.
    private static func service(of vendor: Configuration.Vendor) throws -> any VendorAPI {
        let path = try SecretPath.of(vendor.credentials, "[tokens.vendors.\(vendor.name)] credentials")
        let secrets = try VendorCredentials.read(
            path, names: vendor.kind.secrets, isCredential: SecretPath.isCredential(vendor.credentials))
        return vendor.kind.service(vendor.endpoint, authURL: vendor.authURL, secrets: secrets)
    }

    private static func pin(_ modem: Configuration.Modem) throws -> String? {
        try modem.pinFile.map { try PINFile.read(secret($0), of: "modem \"\(modem.name)\"") }
    }

    private static func secret(_ path: String) -> SecretFile {
        SecretFile(path: path, credentials: SecretPath.folder)
    }

    private static func group(_ configuration: Configuration) throws -> UInt32? {
        guard let name = configuration.socket.group else { return nil }
        guard let entry = getgrnam(name) else {
            throw TOMLFault(
                file: configuration.file, line: nil,
                message: "[socket] group: there is no group \"\(name)\"; create it with 'groupadd --system \(name)'")
        }
        return entry.pointee.gr_gid
    }
}
