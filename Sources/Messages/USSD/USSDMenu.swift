import Domain

/// The menus that a customer walks through by USSD. A pure state machine: the same place and input give the same step.
package struct USSDMenu: Sendable {
    /// A text in each language.
    package typealias Words = [String: String]

    /// What choosing an item does.
    package enum Choice: Sendable, Hashable {
        case screen(String)
        /// Answers on the screen what the customer could ask by SMS.
        case answer(Intent)
        /// Sends a text to the office, as if the customer had sent it by SMS. Answers come by SMS.
        case says(Words)
        case language(String)
    }

    package struct Item: Sendable {
        package let label: Words
        package let choice: Choice
    }

    package struct Screen: Sendable {
        package let id: String
        package let text: Words
        package let items: [Item]
        /// The screen asks for a meter's number, and this is what it is for.
        package let asks: Intent?
    }

    package let start: String
    package let screens: [String: Screen]
    /// `98 More`, `0 Back`, and what is said of an unknown choice, to a stranger, after a message was passed on, of an
    /// unknown meter, and when the session cannot go on.
    package let more: Words
    package let back: Words
    package let unknown: Words
    package let stranger: Words
    package let passedOn: Words
    package let unknownMeter: Words
    package let later: Words

    /// The inputs that turn a page and go back.
    package static let moreKey = "98"
    package static let backKey = "0"

    /// Where a session is.
    package struct Place: Sendable, Hashable, Codable {
        package var screen: String
        /// The pages of an answer that is too long for one screen.
        package var pages: [String] = []
        package var page = 0
        /// The pages are an answer, not the screen itself.
        package var isAnswer = false

        package init(screen: String) { self.screen = screen }
    }

    /// What an input leads to.
    package enum Step: Sendable, Hashable {
        case show(screen: String)
        case turn(page: Int)
        case answer(Intent)
        case says(Words)
        case language(String)
        /// A meter's number was typed.
        case meter(String, Intent)
        case unknown
    }

    package func step(_ place: Place, _ input: String) -> Step {
        let input = input.trimmingSpaces
        if !place.pages.isEmpty {
            if input == Self.moreKey, place.page + 1 < place.pages.count { return .turn(page: place.page + 1) }
            if input == Self.backKey || place.isAnswer {
                return input == Self.backKey ? .show(screen: start) : .unknown
            }
        }
        guard let screen = screens[place.screen] else { return .show(screen: start) }
        if input == Self.backKey, screen.id != start { return .show(screen: start) }
        if let purpose = screen.asks { return .meter(input, purpose) }
        guard let number = Int(input), number >= 1, number <= screen.items.count else { return .unknown }
        switch screen.items[number - 1].choice {
        case .screen(let id): return .show(screen: id)
        case .answer(let intent): return .answer(intent)
        case .says(let words): return .says(words)
        case .language(let code): return .language(code)
        }
    }

    /// The text of a screen in the first language that it has.
    package func text(of id: String, _ languages: [String], company: String) -> String {
        guard let screen = screens[id] else { return "" }
        var lines = [Self.words(screen.text, languages).replacing("{company}", with: company)]
        for (number, item) in zip(1..., screen.items) { lines.append("\(number) \(Self.words(item.label, languages))") }
        if id != start { lines.append("\(Self.backKey) \(Self.words(back, languages))") }
        return lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    package static func words(_ words: Words, _ languages: [String]) -> String {
        for language in languages { if let text = words[language] { return text } }
        return words["en"] ?? words.sorted { $0.key < $1.key }.first?.value ?? ""
    }

    /// Cuts a text into screens of at most `longest` septets, at the ends of lines or words, with the keys to go on.
    package func pages(_ text: String, _ languages: [String], longest: Int) -> [String] {
        let plain = Transliteration.plain(text)
        guard Self.length(plain) > longest else { return [plain] }
        let goesBack = "\n\(Self.backKey) \(Self.words(back, languages))"
        let goesOn = "\n\(Self.moreKey) \(Self.words(more, languages))"
        let pages = Self.cut(plain, room: max(20, longest - Self.length(goesOn + goesBack)))
        return pages.dropLast().map { $0 + goesOn + goesBack } + pages.suffix(1).map { $0 + goesBack }
    }

    /// Septets; a character outside of the alphabet counts as one, and is replaced when the screen is sent.
    package static func length(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + (GSMAlphabet.septets(of: $1)?.count ?? 1) }
    }

    private static func cut(_ text: String, room: Int) -> [String] {
        var pages: [String] = []
        var page = ""
        func add(_ piece: Substring, _ separator: String) {
            let joined = page.isEmpty ? String(piece) : page + separator + piece
            if length(joined) <= room {
                page = joined
            } else {
                if !page.isEmpty { pages.append(page) }
                page = String(piece)
            }
        }
        for line in text.split(separator: "\n") {
            if length(String(line)) <= room {
                add(line, "\n")
                continue
            }
            var isFirst = true
            for word in line.split(separator: " ") {
                // A word that fills a screen is cut, so that the rest is not lost.
                var rest = word
                while length(String(rest)) > room {
                    add(rest.prefix(room), isFirst ? "\n" : " ")
                    rest = rest.dropFirst(room)
                }
                add(rest, isFirst ? "\n" : " ")
                isFirst = false
            }
        }
        if !page.isEmpty { pages.append(page) }
        return pages
    }
}

extension String {
    /// The text in GSM's alphabet: other characters become a question mark, because a USSD screen in UCS-2 has 80.
    package var forUSSD: String {
        let plain = Transliteration.plain(self)
        return String(
            String.UnicodeScalarView(plain.unicodeScalars.map { GSMAlphabet.septets(of: $0) == nil ? "?" : $0 }))
    }
}
