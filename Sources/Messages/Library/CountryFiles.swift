import Domain
import Foundation
import StrictTOML

/// Reads `countries/*.toml`.
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
                    if Int(length) == nil { old.fault(length, "old numbers are named by their length, such as 8") }
                    oldNumbers[Int(length) ?? 0] = old.string(length)
                }
            }
            guard let code, let name, let currency, let countryCode else { return nil }
            if Currency(code: currency) == nil { root.fault("currency", "unknown currency '\(currency)'") }
            if lengths.isEmpty { root.fault("lengths", "the lengths of national numbers are missing") }
            var currencyWords = Dictionary(words.map { ($0, currency) }) { first, _ in first }
            if let others = root.section("other_currencies") {
                for word in others.keys {
                    let other = others.string(word)
                    if other.flatMap(Currency.init) == nil { others.fault(word, "unknown currency") }
                    currencyWords[word] = other
                }
            }
            for known in Currency.knownCodes { currencyWords[known] = known }
            return Country(
                code: code, name: name, currency: currency,
                plan: NumberPlan(
                    country: code, countryCode: countryCode, trunkPrefix: trunk, lengths: lengths,
                    mobilePrefixes: prefixes, oldNumbers: oldNumbers),
                amounts: AmountShape(currencies: currencyWords, spacedThousands: spaced, decimalComma: comma),
                currencyWords: currencyWords)
        }
    }
}
