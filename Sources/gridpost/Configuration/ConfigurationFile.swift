import Domain
import Foundation
import StrictTOML

/// Reads the configuration file and reports all its faults.
enum ConfigurationFile {
    static func read(_ path: String) throws -> Configuration {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw TOMLFault(file: path, line: nil, message: "cannot be read; give the configuration file with --config")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw TOMLFault(file: path, line: nil, message: "is not UTF-8 text")
        }
        return try TOMLDocument(text, file: path).read { configuration($0, path) }
    }

    private static func configuration(_ root: TOMLSection, _ path: String) -> Configuration? {
        let database = root.requiredString("database")
        let notifications = root.string("notifications") ?? "combined"
        if !["combined", "each_step"].contains(notifications) {
            root.fault(
                "notifications", "'notifications' must be \"combined\" or \"each_step\", not \"\(notifications)\"")
        }
        let company = root.requiredSection("company").flatMap(company)
        let socket = root.requiredSection("socket").flatMap(socket)
        let modems = modems(root, company?.currency)
        let payments = root.section("payments")
        let trust = payments?.section("trust")

        let section = root.section("tokens")
        var tokens = section?.section("sts").map(tokens) ?? .init()
        tokens.vendors = section?.section("vendors").map(VendorSections.read) ?? []
        let paths = root.section("paths").map {
            Configuration.Paths(
                modemProgram: $0.string("modem_program"), templates: $0.string("templates"),
                overrides: $0.string("overrides"))
        }
        let replySection = root.section("replies")
        let replies = replySection.flatMap { whole($0, "per_number_per_hour", 1...1_000) } ?? 6
        let repliesOfAll = replySection.flatMap { whole($0, "per_hour", 1...100_000) } ?? 120
        let tokensAgain = replySection.flatMap { whole($0, "tokens_again_per_day", 1...100) } ?? 4
        let catchUp = root.section("access_rates").flatMap { whole($0, "catch_up_days", 1...3_660) } ?? 92
        let broadcasts = root.section("broadcasts")
        let digestMinute = root.section("staff").flatMap(digestMinute)
        let http = root.section("http").flatMap(HTTPSection.read)
        let reminders = root.section("reminders").flatMap { hours($0, "hours") }
        guard let database, let company, let socket else { return nil }
        func limit(_ key: String, atLeast least: Int) -> Money? {
            trust.flatMap { whole($0, key, least...1_000_000_000) }
                .flatMap { Money(decimal: "\($0)", in: company.currency) }
        }
        return Configuration(
            file: path, database: database, eachStep: notifications == "each_step", company: company, socket: socket,
            modems: modems,
            providers: payments?.strings("providers") ?? [],
            amountCeiling: limit("amount_ceiling", atLeast: 1),
            unverifiedLimit: limit("unverified_limit", atLeast: 0), trust: TrustSection.read(trust),
            tokens: tokens, repliesPerHour: replies, repliesPerHourOfAll: repliesOfAll, tokensAgainPerDay: tokensAgain,
            catchUpDays: catchUp,
            broadcasts: broadcasts.map { self.broadcasts($0, company.currency) } ?? .init(),
            staff: .init(digestMinute: digestMinute ?? Configuration.Staff().digestMinute),
            reminderHours: reminders ?? .day, paths: paths ?? .init(), http: http)
    }

    private static func digestMinute(_ section: TOMLSection) -> Int? {
        guard let text = section.string("digest_at") else { return nil }
        let minute = WallTime("2000-01-01T\(text)")?.minute
        if minute == nil || text.count != 5 {
            section.fault("digest_at", "'digest_at' must be a time of day such as \"08:00\", not \"\(text)\"")
        }
        return minute
    }

    private static func hours(_ section: TOMLSection, _ key: String) -> SendingHours? {
        guard let text = section.string(key) else { return nil }
        let hours = SendingHours(text)
        if hours == nil { section.fault(key, "'\(key)' must be a period such as \"08:00-19:00\", not \"\(text)\"") }
        return hours
    }

    private static func broadcasts(_ section: TOMLSection, _ currency: Currency) -> Configuration.Broadcasts {
        var broadcasts = Configuration.Broadcasts()
        if section.isText("price_per_part") {
            let text = section.string("price_per_part") ?? ""
            broadcasts.pricePerPart = Money(decimal: text, in: currency).flatMap { $0 >= .zero ? $0 : nil }
            if broadcasts.pricePerPart == nil {
                section.fault(
                    "price_per_part", "'price_per_part' must be an amount in \(currency.code), not \"\(text)\"")
            }
        } else if let number = whole(section, "price_per_part", 0...1_000_000) {
            broadcasts.pricePerPart = Money(decimal: "\(number)", in: currency)
        }
        broadcasts.promoHours = hours(section, "promo_hours") ?? broadcasts.promoHours
        broadcasts.serviceHours = hours(section, "service_hours") ?? broadcasts.serviceHours
        return broadcasts
    }

    private static func company(_ section: TOMLSection) -> Configuration.Company? {
        let name = section.requiredString("name")
        let code = section.requiredString("currency")
        let country = section.requiredString("country")
        let zone = section.requiredString("time_zone")
        let languages = section.strings("languages") ?? ["en"]
        if languages.isEmpty { section.fault("languages", "'languages' must name at least one language") }
        guard let name, let code, let country, let zone else { return nil }
        guard let currency = Currency(code: code) else {
            let near = NearestWord.of(code, in: Currency.knownCodes).map { "; did you mean \($0)?" } ?? ""
            section.fault("currency", "unknown currency \"\(code)\"\(near)")
            return nil
        }
        guard let calendar = CompanyCalendar(timeZone: zone) else {
            section.fault("time_zone", "unknown time zone \"\(zone)\"; use a name such as Africa/Nairobi")
            return nil
        }
        return .init(name: name, currency: currency, country: country, timeZone: calendar, languages: languages)
    }

    private static func socket(_ section: TOMLSection) -> Configuration.Socket? {
        let group = section.string("group")
        guard let path = section.requiredString("path") else { return nil }
        checkLength(ofSocket: path, "path", section)
        return .init(path: path, group: group)
    }

    /// The address of a unix socket has 108 bytes, including the terminating zero.
    private static func checkLength(ofSocket path: String, _ key: String, _ section: TOMLSection) {
        guard path.utf8.count > 107 else { return }
        section.fault(key, "the path of a socket can have at most 107 bytes, this one has \(path.utf8.count)")
    }

    private static func modems(_ root: TOMLSection, _ currency: Currency?) -> [Configuration.Modem] {
        let sections = root.sections("modems")
        if sections.isEmpty {
            root.fault("modems", "there is no modem; add a section [[modems]] with 'name' and 'device'")
        }
        var names: Set<String> = []
        return sections.compactMap { section in
            let name = section.requiredString("name")
            let device = section.requiredString("device")
            var modem = Configuration.Modem(name: name ?? "", device: device ?? "")
            modem.connection = section.string("connection") ?? modem.connection
            if !modem.connection.hasPrefix("at") {
                section.fault("connection", "'connection' must be a libgammu AT connection such as \"at115200\"")
            }
            modem.socket = section.string("socket")
            if let path = modem.socket {
                checkLength(ofSocket: path, "socket", section)
                if !path.hasPrefix("/") {
                    section.fault(
                        "socket", "'socket' must be an absolute path such as \"/run/gridpost-modem/voda.sock\"")
                }
            }
            modem.networks = section.strings("networks") ?? []
            modem.ratePerMinute = whole(section, "rate_per_minute", 0...6_000) ?? modem.ratePerMinute
            modem.dailyCap = whole(section, "daily_cap", 0...1_000_000) ?? modem.dailyCap
            modem.sendTimeout = whole(section, "send_patience_seconds", 1...600) ?? modem.sendTimeout
            modem.pinFile = section.string("pin_file")
            modem.packsUSSD = section.boolean("packed_ussd") ?? false
            if let airtime = section.section("airtime"), let currency {
                modem.airtime = AirtimeSection.read(airtime, modem: name ?? "", currency)
            }
            modem.wallets = section.sections("wallets").compactMap { WalletSection.read($0, modem: name ?? "") }
            if section.isText("pace_ms") {
                if section.string("pace_ms") != "library" {
                    section.fault("pace_ms", "'pace_ms' must be a number or \"library\"")
                }
                modem.pace = 0
            } else {
                modem.pace = whole(section, "pace_ms", 1...1_000) ?? modem.pace
            }
            guard let name, device != nil else { return nil }
            // Notices over HTTP and USSD name their origin like this in the place of a modem.
            if name.contains(":") { section.fault("name", "a modem's name cannot have a colon") }
            if !names.insert(name).inserted { section.fault("name", "there are two modems called \"\(name)\"") }
            return modem
        }
    }

    private static func tokens(_ section: TOMLSection) -> Configuration.Tokens {
        .init(
            vendingKeys: section.string("vending_keys"), tables: section.string("ea07_tables"),
            allowsTestKeys: section.boolean("test_keys") ?? false)
    }

    static func whole(_ section: TOMLSection, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard let number = section.integer(key) else { return nil }
        guard range.contains(number) else {
            section.fault(key, "'\(key)' must be \(range.lowerBound) to \(range.upperBound), not \(number)")
            return nil
        }
        return number
    }

    /// How often a network is asked by USSD, which keeps the modem from sending.
    static func askInterval(_ section: TOMLSection, usual: Duration) -> Duration? {
        guard let text = section.string("every") else { return usual }
        let every = duration(text)
        if every.map({ $0 < .seconds(600) }) ?? true {
            section.fault("every", "'every' must be a time of at least 10 minutes, such as \"6h\", not \"\(text)\"")
        }
        return every
    }

    /// Reads a duration such as `90s`, `10m` or `2h`.
    static func duration(_ text: String) -> Duration? {
        guard let unit = text.last, let number = Int64(text.dropLast()), (1...10_000_000).contains(number) else {
            return nil
        }
        return switch unit {
        case "s": .seconds(number)
        case "m": .seconds(number * 60)
        case "h": .seconds(number * 3_600)
        default: nil
        }
    }
}
