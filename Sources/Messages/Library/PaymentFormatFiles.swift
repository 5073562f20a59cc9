import Domain
import Foundation
import StrictTOML

/// Reads `payments/*.toml`, one file a provider, and proves each format by its examples.
enum PaymentFormatFiles {
    static func load(_ folders: LibraryFolders, countries: [String: Country]) throws -> PaymentReader {
        var words = PaymentWords()
        var providers: [PaymentProvider] = []
        var faults: [TOMLFault] = []
        for file in try folders.files(in: "payments", ending: ".toml").sorted(by: { $0.name < $1.name }) {
            do {
                let text = try String(contentsOfFile: file.path, encoding: .utf8)
                let document = try TOMLDocument(text, file: file.path)
                if file.name == "_words" {
                    words = try document.read(Self.words)
                } else {
                    providers.append(try document.read { provider($0, file: file, words, countries) })
                }
            } catch let error as TOMLFaults {
                faults += error.faults
            } catch let error as TOMLFault {
                faults.append(error)
            }
        }
        guard faults.isEmpty else { throw TOMLFaults(faults) }
        return PaymentReader(providers: providers, words: words, countries: countries)
    }

    private static func words(_ root: TOMLSection) -> PaymentWords? {
        var words = PaymentWords()
        words.received = (root.strings("received") ?? []).map(Folding.fold)
        words.balance = (root.strings("balance") ?? []).map(Folding.fold)
        words.voids = (root.strings("voids") ?? []).map(Folding.fold)
        words.notPayers = root.strings("not_payers") ?? []
        words.scams = (root.strings("scams") ?? []).map(Folding.fold)
        if let fragments = root.section("fragments") {
            for name in fragments.keys { words.fragments[name] = fragments.string(name) }
        }
        return words
    }

    private static func provider(
        _ root: TOMLSection, file: (name: String, path: String), _ words: PaymentWords, _ countries: [String: Country]
    ) -> PaymentProvider? {
        let id = root.requiredString("id")
        let name = root.requiredString("name")
        let code = root.requiredString("country")
        let originators = root.strings("originators") ?? []
        let shapes = root.strings("txn_id") ?? []
        let order = root.string("dates") ?? "dmy"
        let formats = root.sections("formats").compactMap { format($0, words) }
        guard let id, let name, let code else { return nil }
        if id != file.name { root.fault("id", "the file is called \(file.name).toml, so the id is '\(file.name)'") }
        if originators.isEmpty { root.fault("originators", "a provider has at least one originator") }
        guard let country = countries[code] else {
            root.fault("country", "there is no countries/\(code).toml")
            return nil
        }
        var identifiers: [IdentifierShape] = []
        for shape in shapes {
            if let one = IdentifierShape(shape) {
                identifiers.append(one)
            } else {
                root.fault("txn_id", "'\(shape)' is no picture of an id")
            }
        }
        guard let dates = ReadTime.Order(rawValue: order) else {
            root.fault("dates", "dates are 'dmy' or 'mdy'")
            return nil
        }
        return PaymentProvider(
            id: id, name: name, country: code, currency: country.currency, originators: originators, formats: formats,
            identifiers: identifiers, dateOrder: dates, amounts: country.amounts, plan: country.plan, file: file.path)
    }

    private static func format(_ section: TOMLSection, _ words: PaymentWords) -> PaymentFormat? {
        let id = section.requiredString("id")
        let language = section.requiredString("language")
        let means = section.requiredString("means")
        let source = section.requiredString("pattern")
        let isPayersSide = section.boolean("payers_side") ?? false
        let examples = section.sections("examples").compactMap { example -> PaymentFormat.Example? in
            guard let text = example.requiredString("text") else { return nil }
            var fields: [String: String] = [:]
            if let section = example.section("fields") {
                for name in section.keys { fields[name] = section.string(name) }
            }
            return PaymentFormat.Example(text: text, fields: fields, line: example.line(of: "text"))
        }
        if examples.isEmpty { section.fault("id", "a format needs an example") }
        guard let id, let language, let means, let source else { return nil }
        guard let meaning = FormatMeaning(rawValue: means) else {
            section.fault("means", "a format means credit, ignore, review or reverse, not '\(means)'")
            return nil
        }
        do {
            let pattern = try FormatPattern(try words.expand(source))
            if meaning == .credit, !pattern.fields.contains(.amount) {
                section.fault("pattern", "a credit has an {amount}")
            }
            return PaymentFormat(
                id: id, language: language, means: meaning, isPayersSide: isPayersSide, pattern: pattern,
                examples: examples)
        } catch {
            section.fault("pattern", error.message)
            return nil
        }
    }
}
