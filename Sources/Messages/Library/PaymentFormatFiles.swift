import Domain
import Foundation
import StrictTOML

/// Loads `payments/`: the shared words, the format families, and one file per wallet.
enum PaymentFormatFiles {
    /// Returns the reader of the chosen wallets, and the ids of all wallets.
    static func load(_ folders: LibraryFolders, countries: [String: Country], _ choice: WalletChoice) throws
        -> (PaymentReader, Set<String>)
    {
        var loading = Loading(countries: countries)
        var ids: Set<String> = []
        let files = try folders.files(in: "payments", ending: ".toml")
        for file in files where file.name == "_words" {
            loading.take(file) { document, loading in loading.words = try document.read(words) }
        }
        var chosen: [File] = []
        for file in files where file.name != "_words" {
            ids.insert(file.name)
            if choice.includes(file.name) { chosen.append(file) } else { loading.peek(file, choice) }
        }
        let families = choice == .all ? nil : Set(try chosen.flatMap { try Self.families(of: $0) })
        for file in try folders.files(in: "payments/families", ending: ".toml") {
            loading.familyFiles.append(file.name)
            guard families?.contains(file.name) ?? true else { continue }
            loading.take(file) { document, loading in
                loading.families[file.name] = try document.read { family($0, file, loading.words) }
            }
        }
        for file in chosen {
            loading.take(file) { document, loading in
                loading.providers.append(try document.read { provider($0, file, loading) })
            }
        }
        guard loading.faults.isEmpty else { throw TOMLFaults(loading.faults) }
        let reader = PaymentReader(
            providers: loading.providers, unused: loading.unused,
            families: choice == .all ? loading.families.values.sorted { $0.id < $1.id } : [], words: loading.words,
            countries: countries)
        return (reader, ids)
    }

    /// The families named in a wallet's file. Returns none for an unreadable file, which is reported when it is loaded.
    private static func families(of file: File) throws -> [String] {
        guard let text = try? String(contentsOfFile: file.path, encoding: .utf8),
            let document = try? TOMLDocument(text, file: file.path)
        else { return [] }
        return document.peek { $0.strings("families") ?? [] }
    }

    private typealias File = (name: String, path: String)

    private struct Loading {
        let countries: [String: Country]
        var words = PaymentWords()
        var families: [String: FormatFamily] = [:]
        /// Includes families with faults, so that wallets do not report them as missing.
        var familyFiles: [String] = []
        var providers: [PaymentProvider] = []
        var unused: [UnusedWallet] = []
        var faults: [TOMLFault] = []

        /// Records the originators of a wallet that is not chosen.
        mutating func peek(_ file: File, _ choice: WalletChoice) {
            guard let text = try? String(contentsOfFile: file.path, encoding: .utf8),
                let document = try? TOMLDocument(text, file: file.path)
            else { return }
            let wallet = document.peek { root in
                UnusedWallet(
                    id: file.name, name: root.string("name") ?? file.name, country: root.string("country") ?? "",
                    originators: root.strings("originators") ?? [])
            }
            if choice.knowsOthers(of: wallet.country) { unused.append(wallet) }
        }

        mutating func take(_ file: File, _ body: (TOMLDocument, inout Loading) throws -> Void) {
            do {
                let text = try String(contentsOfFile: file.path, encoding: .utf8)
                try body(try TOMLDocument(text, file: file.path), &self)
            } catch let error as TOMLFaults {
                faults += error.faults
            } catch let error as TOMLFault {
                faults.append(error)
            } catch {
                faults.append(TOMLFault(file: file.path, line: nil, message: "cannot be read: \(error)"))
            }
        }
    }

    private static func words(_ root: TOMLSection) -> PaymentWords? {
        var words = PaymentWords()
        words.received = (root.strings("received") ?? []).map(Folding.fold)
        words.balance = (root.strings("balance") ?? []).map(Folding.fold)
        words.voids = (root.strings("voids") ?? []).map(Folding.fold)
        words.notPayers = root.strings("not_payers") ?? []
        words.glue = Set((root.strings("glue") ?? []).map { String(String.UnicodeScalarView(Folding.fold($0))) })
        words.institutions = (root.strings("institutions") ?? []).map(Folding.fold)
        words.scams = (root.strings("scams") ?? []).map(Folding.fold)
        if let fragments = root.section("fragments") {
            for name in fragments.keys { words.fragments[name] = fragments.string(name) }
        }
        return words
    }

    private static func family(_ root: TOMLSection, _ file: File, _ words: PaymentWords) -> FormatFamily? {
        let formats = root.sections("formats").compactMap { format($0, words) }
        guard let provedBy = root.requiredString("proved_by") else { return nil }
        return FormatFamily(id: file.name, formats: formats, provedBy: provedBy, file: file.path)
    }

    private static func provider(_ root: TOMLSection, _ file: File, _ loading: Loading) -> PaymentProvider? {
        let id = root.requiredString("id")
        let name = root.requiredString("name")
        let code = root.requiredString("country")
        let originators = root.strings("originators") ?? []
        let shapes = root.strings("txn_id") ?? []
        let order = root.string("dates") ?? "dmy"
        let ceiling = root.string("ceiling")
        let printed = printedFields(root)
        let hasDatedIDs = root.boolean("dated_ids") ?? false
        let families = root.strings("families") ?? []
        let irregular = root.boolean("irregular_decimals") ?? false
        let doubtfulKinds = Set((root.strings("doubtful_kinds") ?? []).map { $0.lowercased() })
        var words = loading.words
        if let own = root.section("fragments") {
            for name in own.keys { words.fragments[name] = own.string(name) }
        }
        var formats = root.sections("formats").compactMap { format($0, words) }
        let examples = root.sections("examples").compactMap { example($0, nil) }
        guard let id, let name, let code else { return nil }
        if id != file.name {
            root.fault("id", "the id must be '\(file.name)', as the file is called \(file.name).toml")
        }
        if originators.isEmpty { root.fault("originators", "a provider needs at least one originator") }
        for family in families {
            if let shared = loading.families[family] {
                formats += shared.formats.compactMap { adapted($0, loading.words, words, root) }
            } else if !loading.familyFiles.contains(family) {
                let known = loading.familyFiles.sorted().joined(separator: ", ")
                root.fault("families", "unknown family '\(family)'; the families are \(known)")
            }
        }
        guard let country = loading.countries[code] else {
            root.fault("country", "the file countries/\(code).toml is missing")
            return nil
        }
        for originator in originators where Originator(originator, plan: country.plan).phone != nil {
            root.fault("originators", "'\(originator)' is a phone number; its holder could send texts as the wallet")
        }
        let money = Currency(code: country.currency)
        if let ceiling, money.flatMap({ Money(decimal: ceiling, in: $0) })?.isPositive != true {
            root.fault("ceiling", "the ceiling must be an amount in \(country.currency), such as \"1000000\"")
        }
        let identifiers = shapes.compactMap { shape in
            let one = IdentifierShape(shape)
            if one == nil { root.fault("txn_id", "'\(shape)' is not a valid id picture") }
            return one
        }
        guard let dates = ReadTime.Order(rawValue: order) else {
            root.fault("dates", "'dates' must be 'dmy', 'mdy' or 'either'")
            return nil
        }
        return PaymentProvider(
            id: id, name: name, country: code, currency: country.currency, originators: originators, formats: formats,
            examples: examples, alwaysPrints: printed ?? (identifiers.isEmpty ? [] : [.id]),
            hasIrregularDecimals: irregular,
            longestIDs: Self.longestIDs(formats.filter { !$0.isShared }.flatMap(\.examples) + examples),
            ceiling: ceiling, hasDatedIDs: hasDatedIDs,
            doubtfulKinds: doubtfulKinds, identifiers: identifiers, dateOrder: dates,
            amounts: country.amounts, plan: country.plan, file: file.path)
    }

    /// A family's format with the wallet's own fragments.
    private static func adapted(
        _ format: PaymentFormat, _ shared: PaymentWords, _ own: PaymentWords, _ root: TOMLSection
    ) -> PaymentFormat? {
        var format = format
        format.isShared = true
        guard own.fragments != shared.fragments else { return format }
        do {
            format.pattern = try FormatPattern(try own.expand(format.written))
            return format
        } catch {
            root.fault("fragments", "in the family's format '\(format.id)': \(error.message)")
            return nil
        }
    }

    /// The value of `always_prints`; `nil` if it is absent.
    private static func printedFields(_ section: TOMLSection) -> Set<PrintedField>? {
        section.strings("always_prints").map { names in
            Set(
                names.compactMap { name in
                    let field = PrintedField(rawValue: name)
                    if field == nil {
                        section.fault("always_prints", "values are id, balance, time and reference, not '\(name)'")
                    }
                    return field
                })
        }
    }

    private static func longestIDs(_ examples: [FormatExample]) -> [IdentifierKind: Int] {
        let ids = examples.filter { $0.means == .credit }.compactMap { $0.fields["txn_id"] }
        return Dictionary(ids.map { (IdentifierKind($0), $0.unicodeScalars.count) }, uniquingKeysWith: max)
    }

    private static func format(_ section: TOMLSection, _ words: PaymentWords) -> PaymentFormat? {
        let id = section.requiredString("id")
        let language = section.requiredString("language")
        let means = section.requiredString("means")
        let source = section.requiredString("pattern")
        let isPayersSide = section.boolean("payers_side") ?? false
        let payer = section.string("payer")
        let printed = printedFields(section)
        let endsWithReference = section.boolean("ends_with_reference") ?? false
        let meaning = means.flatMap(FormatMeaning.init)
        let examples = section.sections("examples").compactMap { example($0, meaning) }
        if examples.isEmpty { section.fault("id", "a format needs an example") }
        guard let id, let language, let means, let source else { return nil }
        guard let meaning else {
            section.fault("means", "'means' must be \(FormatMeaning.list), not '\(means)'")
            return nil
        }
        if let payer, PaymentFormat.Payer(rawValue: payer) == nil {
            section.fault("payer", "'payer' must be 'institution' or 'person'")
        }
        do {
            let pattern = try FormatPattern(try words.expand(source))
            if meaning == .credit, !pattern.fields.contains(.amount) {
                section.fault("pattern", "a credit needs {amount}")
            }
            if meaning == .reverse, !pattern.fields.contains(.originalTxnID), !pattern.fields.contains(.amount) {
                section.fault("pattern", "a reversal needs {original_txn_id} or {amount}")
            }
            return PaymentFormat(
                id: id, language: language, means: meaning, isPayersSide: isPayersSide,
                payer: payer.flatMap(PaymentFormat.Payer.init), alwaysPrints: printed,
                endsWithReference: endsWithReference, written: source, pattern: pattern, examples: examples,
                longestIDs: Self.longestIDs(examples))
        } catch {
            section.fault("pattern", error.message)
            return nil
        }
    }

    /// An example of a format, or of a whole wallet, which then has its own `means`.
    private static func example(_ section: TOMLSection, _ meaning: FormatMeaning?) -> FormatExample? {
        let text = section.requiredString("text")
        let means = meaning == nil ? section.requiredString("means") : nil
        var fields: [String: String] = [:]
        if let section = section.section("fields") {
            for name in section.keys { fields[name] = section.string(name) }
        }
        guard let meaning = meaning ?? means.flatMap(FormatMeaning.init) else {
            if let means { section.fault("means", "'means' must be \(FormatMeaning.list), not '\(means)'") }
            return nil
        }
        guard let text else { return nil }
        return FormatExample(text: text, means: meaning, fields: fields, line: section.line(of: "text"))
    }
}

extension FormatMeaning {
    fileprivate static var list: String { "credit, ignore, review or reverse" }
}
