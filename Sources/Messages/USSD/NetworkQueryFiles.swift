import Domain
import Foundation
import StrictTOML

/// Loads `ussd/networks/*.toml`, and proves that each query reads its examples.
enum NetworkQueryFiles {
    static func load(_ folders: LibraryFolders, countries: [String: Country]) throws -> [String: NetworkQuery] {
        var found: [String: NetworkQuery] = [:]
        var faults: [TOMLFault] = []
        for file in try folders.files(in: "ussd/networks", ending: ".toml") {
            do {
                let text = try String(contentsOfFile: file.path, encoding: .utf8)
                let read: [NetworkQuery] = try TOMLDocument(text, file: file.path).read {
                    queries($0, file.name, countries)
                }
                for query in read { found[query.id] = query }
            } catch let error as TOMLFaults {
                faults += error.faults
            } catch let error as TOMLFault {
                faults.append(error)
            }
        }
        guard faults.isEmpty else { throw TOMLFaults(faults) }
        return found
    }

    private static func queries(_ root: TOMLSection, _ file: String, _ countries: [String: Country]) -> [NetworkQuery]?
    {
        guard let code = root.requiredString("country"), root.requiredString("network") != nil else { return nil }
        _ = root.string("source")
        let sections = root.sections("queries")
        guard let country = countries[code] else {
            root.fault("country", "the file countries/\(code).toml is missing")
            return nil
        }
        return sections.compactMap { query($0, file, country) }
    }

    private static func query(_ section: TOMLSection, _ file: String, _ country: Country) -> NetworkQuery? {
        let name = section.requiredString("id")
        let dial = section.requiredString("dial")
        let answers = section.strings("answers") ?? []
        let after = section.strings("balance_after") ?? []
        let before = section.strings("sms_before") ?? []
        let prompts = section.strings("pin_prompts") ?? []
        let notNow = section.strings("not_now") ?? []
        let examples = section.sections("examples")
        guard let name, let dial else { return nil }
        if !ServiceCode.isValid(dial.replacing(NetworkQuery.pinMark, with: "0000")) {
            section.fault("dial", "'dial' must be a service code such as \"*144#\", not \"\(dial)\"")
        }
        if after.isEmpty && before.isEmpty { section.fault("id", "'balance_after' or 'sms_before' must list a phrase") }
        if answers.contains(NetworkQuery.pinMark), prompts.isEmpty {
            section.fault(
                "answers", "'pin_prompts' must list the words that ask for the PIN, so that nothing else gets it")
        }
        if examples.isEmpty { section.fault("id", "the query needs at least one [[queries.examples]]") }
        let query = NetworkQuery(
            id: "\(file)/\(name)", dial: dial, answers: answers, balanceAfter: after.map(NetworkQuery.folded),
            smsBefore: before.map(NetworkQuery.folded), pinPrompts: prompts.map(NetworkQuery.folded),
            notNow: notNow.map(NetworkQuery.words), amounts: country.amounts, currency: country.currency)
        for example in examples { prove(query, example) }
        return query
    }

    private static func prove(_ query: NetworkQuery, _ example: TOMLSection) {
        let balance = example.string("balance")
        let sms = example.integer("sms")
        guard let text = example.requiredString("text") else { return }
        let wanted = NetworkQuery.Reading(balance: balance, sms: sms)
        guard let read = query.read(text) else {
            return example.fault("text", "this example cannot be read, or states two different values")
        }
        guard read != wanted else { return }
        example.fault(
            "text",
            "this example was read as balance \(read.balance ?? "none") and \(read.sms.map(String.init) ?? "no") SMS")
    }
}
