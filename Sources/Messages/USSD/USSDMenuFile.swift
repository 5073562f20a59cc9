import Foundation
import StrictTOML

/// Loads `ussd/menus/customer.toml`, and proves that every screen fits.
enum USSDMenuFile {
    /// The longest screen of a menu: some aggregators cut after 120 characters. Longer ones are shown in pages.
    static let longestScreen = 160
    private static let labels = ["more", "back", "unknown", "stranger", "passed_on", "unknown_meter", "later"]

    /// `nil` if there is no such file.
    static func load(_ folders: LibraryFolders) throws -> USSDMenu? {
        guard let file = try folders.files(in: "ussd/menus", ending: ".toml").first(where: { $0.name == "customer" })
        else { return nil }
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        return try TOMLDocument(text, file: file.path).read { menu($0) }
    }

    private static func menu(_ root: TOMLSection) -> USSDMenu? {
        let start = root.requiredString("start")
        let labels = root.requiredSection("labels")
        let sections = Dictionary(
            uniqueKeysWithValues: Self.labels.map { ($0, labels?.requiredSection($0)) })
        // A company's own language may do without menus: they are then in the next one that the customer reads.
        let languages = (sections["back"] ?? nil)?.keys ?? ["en"]
        let words = sections.mapValues { $0.map { self.words($0, languages) } ?? [:] }
        let screens = root.sections("screens").compactMap { screen($0, languages) }
        guard let start else { return nil }
        let menu = USSDMenu(
            start: start, screens: Dictionary(screens.map { ($0.id, $0) }) { first, _ in first },
            more: words["more"] ?? [:], back: words["back"] ?? [:], unknown: words["unknown"] ?? [:],
            stranger: words["stranger"] ?? [:], passedOn: words["passed_on"] ?? [:],
            unknownMeter: words["unknown_meter"] ?? [:], later: words["later"] ?? [:])
        prove(menu, root)
        return menu
    }

    private static func screen(_ section: TOMLSection, _ languages: [String]) -> USSDMenu.Screen? {
        let id = section.requiredString("id")
        let text = section.requiredSection("text").map { words($0, languages) }
        let asks = section.string("asks").flatMap { intent($0, "asks", section) }
        let items = section.sections("items").compactMap { item($0, languages) }
        guard let id, let text else { return nil }
        if items.isEmpty == (asks == nil) {
            section.fault("id", "the screen '\(id)' needs either items or 'asks'")
        }
        return USSDMenu.Screen(id: id, text: text, items: items, asks: asks)
    }

    private static func item(_ section: TOMLSection, _ languages: [String]) -> USSDMenu.Item? {
        let label = section.requiredSection("label").map { words($0, languages) }
        let choices: [USSDMenu.Choice?] = [
            section.string("screen").map { .screen($0) },
            section.string("answer").flatMap { intent($0, "answer", section) }.map { .answer($0) },
            section.section("says").map { .says(words($0, languages)) },
            section.string("language").map { .language($0) },
        ]
        let given = choices.compactMap { $0 }
        guard let label, given.count == 1 else {
            section.fault("label", "an item needs exactly one of 'screen', 'answer', 'says' and 'language'")
            return nil
        }
        return USSDMenu.Item(label: label, choice: given[0])
    }

    private static func intent(_ name: String, _ key: String, _ section: TOMLSection) -> Intent? {
        let known: [Intent] = [.balance, .resendToken, .howToPay, .tariff]
        guard let intent = Intent(rawValue: name), known.contains(intent) else {
            section.fault(key, "'\(key)' must be one of \(known.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        return intent
    }

    private static func words(_ section: TOMLSection, _ languages: [String]) -> USSDMenu.Words {
        var words: USSDMenu.Words = [:]
        for language in section.keys { words[language] = section.string(language) }
        for language in languages where words[language] == nil {
            section.fault(language, "the language \"\(language)\" is missing")
        }
        return words
    }

    private static func prove(_ menu: USSDMenu, _ root: TOMLSection) {
        if menu.screens[menu.start] == nil { root.fault("start", "there is no screen '\(menu.start)'") }
        for screen in menu.screens.values.sorted(by: { $0.id < $1.id }) {
            for item in screen.items {
                if case .screen(let id) = item.choice, menu.screens[id] == nil {
                    root.fault("screens", "the screen '\(screen.id)' leads to '\(id)', which is missing")
                }
            }
            for language in screen.text.keys.sorted() {
                let text = menu.text(of: screen.id, [language], company: String(repeating: "x", count: 20))
                if GSMAlphabet.septets(of: text) == nil {
                    root.fault(
                        "screens", "the screen '\(screen.id)' has a letter in \"\(language)\" that GSM's alphabet lacks"
                    )
                } else if USSDMenu.length(text) > longestScreen {
                    root.fault(
                        "screens",
                        "the screen '\(screen.id)' has \(USSDMenu.length(text)) characters in \"\(language)\"; \(longestScreen) fit"
                    )
                }
            }
        }
    }
}
