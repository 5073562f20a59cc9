import Domain
import Foundation
import StrictTOML

/// Loads `countries/*.toml`.
enum CountryFiles {
    static func load(_ folders: LibraryFolders) throws -> [String: Country] {
        var countries: [String: Country] = [:]
        var faults: [TOMLFault] = []
        for file in try folders.files(in: "countries", ending: ".toml") {
            do {
                let country = try load(file.path)
                countries[country.code] = country
            } catch let error as TOMLFaults {
                faults += error.faults
            } catch let error as TOMLFault {
                faults.append(error)
            }
        }
        guard faults.isEmpty else { throw TOMLFaults(faults) }
        return countries
    }

    private static func load(_ path: String) throws -> Country {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try TOMLDocument(text, file: path).read { root in
            let code = root.requiredString("country")
            let name = root.requiredString("name")
            let currency = root.requiredString("currency")
            let countryCode = root.requiredString("country_code")
            let trunk = root.string("trunk_prefix") ?? ""
            let lengths = root.integers("lengths") ?? []
            let words = root.strings("currency_words") ?? []
            let spaced = root.boolean("spaced_thousands") ?? false
            let comma = root.boolean("decimal_comma") ?? false
            var prefixes: [String: String] = [:]
            if let networks = root.section("networks") {
                for network in networks.keys {
                    for prefix in networks.strings(network) ?? [] { prefixes[prefix] = network }
                }
            }
            var oldNumbers: [Int: String] = [:]
            if let old = root.section("old_numbers") {
                for length in old.keys {
                    if Int(length) == nil {
                        old.fault(length, "the key must be the length of the old numbers, such as 8")
                    }
                    oldNumbers[Int(length) ?? 0] = old.string(length)
                }
            }
            guard let code, let name, let currency, let countryCode else { return nil }
            if Currency(code: currency) == nil { root.fault("currency", "unknown currency '\(currency)'") }
            if lengths.isEmpty { root.fault("lengths", "'lengths' must list the lengths of national numbers") }
            var currencyWords = Dictionary(words.map { ($0, currency) }) { first, _ in first }
            if let others = root.section("other_currencies") {
                for word in others.keys {
                    let other = others.string(word)
                    if other.flatMap(Currency.init) == nil { others.fault(word, "unknown currency") }
                    currencyWords[word] = other
                }
            }
            let limits = limits(root.section("limits"))
            if limits[currency] == nil { root.fault("limits", "the table [limits.\(currency)] is missing") }
            for known in Currency.knownCodes { currencyWords[known] = known }
            return Country(
                code: code, name: name, currency: currency,
                plan: NumberPlan(
                    country: code, countryCode: countryCode, trunkPrefix: trunk, lengths: lengths,
                    mobilePrefixes: prefixes, oldNumbers: oldNumbers),
                amounts: AmountShape(currencies: currencyWords, spacedThousands: spaced, decimalComma: comma),
                currencyWords: currencyWords, limits: limits)
        }
    }

    private static func limits(_ section: TOMLSection?) -> [String: MoneyLimits] {
        var limits: [String: MoneyLimits] = [:]
        for code in section?.keys ?? [] {
            guard let currency = Currency(code: code) else {
                section?.fault(code, "unknown currency '\(code)'")
                continue
            }
            guard let table = section?.section(code), let ceiling = money(table, "amount_ceiling", currency),
                let unverified = money(table, "unverified_limit", currency)
            else { continue }
            limits[code] = MoneyLimits(amountCeiling: ceiling, unverified: unverified)
        }
        return limits
    }

    /// An amount in whole units of the currency.
    private static func money(_ section: TOMLSection, _ key: String, _ currency: Currency) -> Money? {
        let money = section.integer(key).flatMap { Money(decimal: "\($0)", in: currency) }
        guard let money, money.isPositive else {
            section.fault(key, "'\(key)' must be a whole number of \(currency.code), at least 1")
            return nil
        }
        return money
    }
}
