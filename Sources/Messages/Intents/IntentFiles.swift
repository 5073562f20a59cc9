import Domain
import Foundation
import StrictTOML

/// Loads `intents/*.toml`; one file per language.
enum IntentFiles {
    static func load(_ folders: LibraryFolders) throws -> IntentWords {
        var words = IntentWords()
        var faults: [TOMLFault] = []
        for file in try folders.files(in: "intents", ending: ".toml") {
            do {
                let text = try String(contentsOfFile: file.path, encoding: .utf8)
                _ = try TOMLDocument(text, file: file.path).read { root in
                    add(root, to: &words)
                    return true
                }
            } catch let error as TOMLFaults {
                faults += error.faults
            } catch let error as TOMLFault {
                faults.append(error)
            }
        }
        guard faults.isEmpty else { throw TOMLFaults(faults) }
        words.seal()
        return words
    }

    private static func add(_ root: TOMLSection, to words: inout IntentWords) {
        guard let language = root.requiredString("language") else { return }
        func phrases(_ section: TOMLSection, _ key: String) -> [Phrase] {
            (section.strings(key) ?? []).compactMap { text in
                let phrase = Phrase(text, language: language)
                if phrase == nil { section.fault(key, "'\(text)' contains no word") }
                return phrase
            }
        }
        words.fillers.formUnion((root.strings("fillers") ?? []).flatMap { TypedWords($0).words })
        words.polite.formUnion((root.strings("polite") ?? []).flatMap { TypedWords($0).words })
        words.joining.formUnion((root.strings("joining") ?? []).flatMap { TypedWords($0).words })
        func plainWords(_ key: String) -> [String] { (root.strings(key) ?? []).flatMap { TypedWords($0).words } }
        words.numberSigns.formUnion(plainWords("number_signs"))
        words.errorWords.formUnion(plainWords("error_words"))
        words.transactionWords.formUnion(plainWords("transaction_words"))
        words.moneyWords.formUnion(plainWords("money_words"))
        words.ticket.formUnion((root.strings("ticket") ?? []).flatMap { TypedWords($0).words })
        words.yes += phrases(root, "yes")
        words.questions += phrases(root, "questions")
        if let names = root.section("languages") {
            for code in names.keys {
                for name in names.strings(code) ?? [] {
                    for word in TypedWords(name).words { words.languageNames[word] = code }
                }
            }
        }
        if let short = root.section("shorthand") {
            for form in short.keys {
                let folded = TypedWords(form).words.first ?? form
                words.shorthand[language, default: [:]][folded] = TypedWords(short.string(form) ?? "").words
            }
        }
        if let numbers = root.section("numbers") { words.numbers.append(spoken(numbers, language)) }
        if let reply = root.section("reply") {
            words.fixed += phrases(reply, "fixed")
            words.stillBroken += phrases(reply, "still_broken")
        }
        let lists = [
            ("phrases", \IntentWords.phrases), ("alone", \IntentWords.alone), ("unless", \IntentWords.unless),
        ]
        for (key, path) in lists {
            guard let section = root.section(key) else { continue }
            for name in section.keys {
                let found = phrases(section, name)
                guard let intent = Intent(rawValue: name) else {
                    let near =
                        NearestWord.hint(name, in: Intent.allCases.map(\.rawValue))
                    section.fault(name, "unknown intent '\(name)'\(near)")
                    continue
                }
                words[keyPath: path][intent, default: []] += found
            }
        }
        if let scope = root.section("scope") {
            words.area += phrases(scope, "area")
            words.single += phrases(scope, "single")
        }
        if let job = root.section("job") {
            for answer in JobAnswer.allCases {
                words.answers[answer, default: []] += phrases(job, answer.rawValue)
            }
            words.unfinished += phrases(job, "unfinished")
            words.underWay += phrases(job, "in_progress")
            words.jobYes += phrases(job, "yes")
            words.jobNo += phrases(job, "no")
        }
        if let staff = root.section("staff") {
            words.close += phrases(staff, "close")
            words.status += phrases(staff, "status")
        }
    }

    /// One billion, so that a sum of several words does not overflow.
    private static let largestWord = 1_000_000_000

    /// Reads entries such as `two = 2`; the keys `joining` and `multiplier_first` say how the language combines them.
    private static func spoken(_ section: TOMLSection, _ language: String) -> SpokenNumbers {
        var words: [String: Int64] = [:]
        for key in section.keys where key != "joining" && key != "multiplier_first" {
            guard let value = section.integer(key) else { continue }
            guard (0...largestWord).contains(value) else {
                section.fault(key, "the value of a number word must be 0 to \(largestWord), not \(value)")
                continue
            }
            words[TypedWords(key).words.first ?? key] = Int64(value)
        }
        return SpokenNumbers(
            language: language, words: words, hasMultiplierFirst: section.boolean("multiplier_first") ?? false,
            joining: Set(section.strings("joining") ?? []))
    }
}
