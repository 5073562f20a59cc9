import Domain
import Foundation
import Messages
import Store

/// Leads customers through the USSD menus. Each step is one transaction; a repeated request gets the stored answer.
package struct USSDDesk: Sendable {
    /// Sessions are deleted this long after their last step.
    private static let kept = Duration.seconds(3_600)
    private static let longestInput = 182

    private let steps: StepRunner
    private let library: CurrentLibrary
    private let account: AccountDesk
    private let notifier: Notifier

    package init(_ gateway: Gateway) {
        steps = gateway.steps
        library = gateway.library
        account = AccountDesk(gateway)
        notifier = Notifier(gateway)
    }

    /// Takes one step of a session.
    /// - Throws: `StoreError`.
    package func take(_ request: MenuRequest) async throws -> MenuScreen {
        try await steps.perform { try self.take(request, $0) }
    }

    private func take(_ request: MenuRequest, _ step: Step) throws -> MenuScreen {
        guard let menu = library.menu else { return MenuScreen("", isOpen: false) }
        guard let phone = step.company.country.plan.phone(request.phone) else {
            let words = USSDMenu.words(menu.stranger, step.company.languages)
            return MenuScreen(words.forUSSD, isOpen: false)
        }
        let known = try step.menuSessions.session(request.aggregator, request.session).flatMap { known in
            known.phone == phone && step.now.since(known.begunAt) < MenuSession.longest && step.now >= known.begunAt
                ? known : nil
        }
        var walk = Walk(
            menu: menu, phone: phone, languages: try notifier.languages(of: phone, step), request: request,
            begunAt: known?.begunAt ?? step.now)
        if let known, request.fingerprint == known.request, isRepeated(request, known, step) {
            return MenuScreen(known.answer, isOpen: known.isOpen)
        }
        guard let inputs = inputs(of: request, known, &walk) else {
            if var known {
                known.isOpen = false
                try step.menuSessions.keep(known)
            }
            return MenuScreen("", isOpen: false)
        }
        var screen = MenuScreen("", isOpen: true)
        if inputs.isEmpty { screen = try show(menu.start, &walk, step) }
        for input in inputs.prefix(50) {
            walk.path.append(input)
            screen = try self.step(input, &walk, step)
            guard screen.isOpen else { break }
        }
        screen.text = screen.text.forUSSD
        try step.menuSessions.forget(before: step.ago(Self.kept))
        try step.menuSessions.keep(
            MenuSession(
                aggregator: request.aggregator, id: request.session, phone: phone, place: try Self.json(walk.place),
                path: walk.path.joined(separator: "*"), request: request.fingerprint, answer: screen.text,
                isOpen: screen.isOpen, begunAt: walk.begunAt, updatedAt: step.now))
        return screen
    }

    /// Without a number, the same input within a moment is a repeated request: nobody reads and types so fast.
    private func isRepeated(_ request: MenuRequest, _ known: MenuSession, _ step: Step) -> Bool {
        guard case .last = request.input, request.number == nil else { return true }
        return step.now.since(known.updatedAt) < Self.fastest
    }

    private static let fastest = Duration.seconds(2)

    /// What is said if nothing can be done now.
    package var later: MenuScreen {
        MenuScreen(
            library.menu.map { USSDMenu.words($0.later, steps.company.languages) }?.forUSSD ?? "", isOpen: false)
    }

    /// A session on its way through the menus.
    private struct Walk {
        let menu: USSDMenu
        let phone: PhoneNumber
        var languages: [String]
        let request: MenuRequest
        let begunAt: Timestamp
        var place: USSDMenu.Place
        /// The inputs so far.
        var path: [String] = []

        init(menu: USSDMenu, phone: PhoneNumber, languages: [String], request: MenuRequest, begunAt: Timestamp) {
            self.begunAt = begunAt
            self.menu = menu
            self.phone = phone
            self.languages = languages
            self.request = request
            place = USSDMenu.Place(screen: menu.start)
        }
    }

    /// The inputs that are new, with the walk put where they begin; `nil` if the session is over.
    private func inputs(of request: MenuRequest, _ known: MenuSession?, _ walk: inout Walk) -> [String]? {
        func goOn(_ known: MenuSession) {
            walk.place =
                (try? JSONDecoder().decode(USSDMenu.Place.self, from: Data(known.place.utf8)))
                ?? USSDMenu.Place(screen: walk.menu.start)
            walk.path = known.path.isEmpty ? [] : known.path.split(separator: "*").map(String.init)
        }
        switch request.input {
        case .end: return nil
        case .begin: return []
        case .last(let input):
            guard let known, known.isOpen else { return [] }
            goOn(known)
            return [Self.bounded(input)]
        case .all(let all):
            let all = all.map(Self.bounded)
            guard let known, known.isOpen else { return all }
            let before = known.path.isEmpty ? [] : known.path.split(separator: "*").map(String.init)
            // A restart or a lost answer: the whole way is walked again, and what was done is not done twice.
            guard all.count > before.count, Array(all.prefix(before.count)) == before else { return all }
            goOn(known)
            return Array(all.dropFirst(before.count))
        }
    }

    private static func bounded(_ input: String) -> String {
        String(input.filter { $0 != "*" }.prefix(longestInput))
    }

    private static func json(_ place: USSDMenu.Place) throws -> String {
        String(decoding: try JSONEncoder().encode(place), as: UTF8.self)
    }

    // MARK: Steps

    private func step(_ input: String, _ walk: inout Walk, _ step: Step) throws -> MenuScreen {
        switch walk.menu.step(walk.place, input) {
        case .show(let id): return try show(id, &walk, step)
        case .turn(let page):
            walk.place.page = page
            return MenuScreen(walk.place.pages[page], isOpen: true)
        case .answer(let intent): return try answer(intent, nil, &walk, step)
        case .meter(let typed, let intent): return try answer(intent, typed, &walk, step)
        case .says(let words): return try passOn(words, &walk, step)
        case .language(let code):
            guard library.texts.languages.contains(code) else { return say(walk.menu.unknown, walk, isOpen: false) }
            try step.choices.choose(language: code, for: walk.phone)
            walk.languages = [code] + walk.languages
            return try show(walk.menu.start, &walk, step)
        case .unknown:
            let words = USSDMenu.words(walk.menu.unknown, walk.languages)
            guard walk.place.pages.isEmpty else { return MenuScreen(words, isOpen: true) }
            let again = walk.menu.text(of: walk.place.screen, walk.languages, company: step.company.name)
            let both = words + "\n" + again
            return MenuScreen(USSDMenu.length(both) <= walk.request.longest ? both : again, isOpen: true)
        }
    }

    private func show(_ id: String, _ walk: inout Walk, _ step: Step) throws -> MenuScreen {
        walk.place = USSDMenu.Place(screen: id)
        return screen(walk.menu.text(of: id, walk.languages, company: step.company.name), &walk, isOpen: true)
    }

    private func say(_ words: USSDMenu.Words, _ walk: Walk, isOpen: Bool) -> MenuScreen {
        MenuScreen(USSDMenu.words(words, walk.languages), isOpen: isOpen)
    }

    /// A text, in pages if it is long.
    private func screen(_ text: String, _ walk: inout Walk, isOpen: Bool) -> MenuScreen {
        let pages = walk.menu.pages(text, walk.languages, longest: walk.request.longest)
        guard pages.count > 1 else { return MenuScreen(pages.first ?? "", isOpen: isOpen) }
        walk.place.pages = pages
        walk.place.page = 0
        walk.place.isAnswer = !isOpen
        return MenuScreen(pages[0], isOpen: true)
    }

    /// Answers as an SMS with this wish is answered. Only a customer's own phone is told anything.
    private func answer(_ intent: Intent, _ typed: String?, _ walk: inout Walk, _ step: Step) throws -> MenuScreen {
        let sender = try Sender(walk.phone, step)
        if intent == .howToPay { return try howToPay(typed, sender, &walk, step) }
        guard !sender.customers.isEmpty else { return say(walk.menu.stranger, walk, isOpen: false) }
        let text = PersonText(asked(walk, "", step), from: walk.phone, by: library.people)
        guard let answer = try account.answer(intent, text, sender, walk.languages, step) else {
            return say(walk.menu.later, walk, isOpen: false)
        }
        return screen(answer.text, &walk, isOpen: false)
    }

    private func howToPay(_ typed: String?, _ sender: Sender, _ walk: inout Walk, _ step: Step) throws -> MenuScreen {
        var values = ["company": step.company.name]
        let own = try account.own(sender, step).map(\.serial)
        if typed?.trimmingSpaces == "1" {
            if own.isEmpty { return say(walk.menu.stranger, walk, isOpen: false) }
            if own.count == 1 { values["serial"] = own[0].text }
        } else if let typed {
            guard let serial = Serial(typed), try step.registry.device(serial: serial) != nil else {
                return say(walk.menu.unknownMeter, walk, isOpen: true)
            }
            values["serial"] = serial.text
        }
        return screen(try notifier.text(.howToPay, walk.languages, values), &walk, isOpen: false)
    }

    /// Hands a text to the inbox, where it is handled like an SMS. Once in a session: the same text does not count twice.
    private func passOn(_ words: USSDMenu.Words, _ walk: inout Walk, _ step: Step) throws -> MenuScreen {
        let body = USSDMenu.words(words, walk.languages)
        let part = InboxPart(
            modem: Self.origin(walk), originator: walk.phone.e164, smsc: "", sentAt: walk.begunAt, reference: nil,
            total: 1,
            number: 1, body: body, coding: "ussd")
        if let id = try step.inbox.store(part, at: step.now) {
            try step.inbox.join(PartAssembly.Message(parts: [id], isIncomplete: false), at: step.now)
        }
        return say(walk.menu.passedOn, walk, isOpen: false)
    }

    /// The field of an inbox message that names the modem of an SMS.
    private static func origin(_ walk: Walk) -> String { "ussd:\(walk.request.aggregator)" }

    private func asked(_ walk: Walk, _ body: String, _ step: Step) -> InboxMessage {
        InboxMessage(
            id: InboxMessageID(0), modem: Self.origin(walk), originator: walk.phone.e164, smsc: "",
            body: body, isBinary: false, isIncomplete: false, receivedAt: step.now, state: .handled)
    }
}
