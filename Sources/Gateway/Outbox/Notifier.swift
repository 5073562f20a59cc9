import Domain
import Messages
import Store

/// Puts texts into the outbox, in the words and the language of whoever gets them.
struct Notifier: Sendable {
    /// How many times as many of the needed answers a number gets.
    private static let needed = 5

    private let library: CurrentLibrary
    private let settings: GatewaySettings
    private let machines: AnsweringMachines

    init(_ gateway: Gateway) {
        library = gateway.library
        settings = gateway.settings
        machines = AnsweringMachines(gateway)
    }

    /// What an automatic answer is about: people must hear some of it whatever the limits.
    enum Subject: Sendable {
        case ordinary
        /// A job, or an order of staff: it may be the same text again.
        case work
        case money
        case danger

        /// Whether a number gets more of these than of others.
        var isNeeded: Bool { self != .ordinary }
        /// Whether a number that is taken for a machine gets it all the same.
        var goesToMachines: Bool { self == .money || self == .danger }
        /// Whether it counts in the budget of the whole gateway.
        var isBudgeted: Bool { self != .danger }
    }

    /// What a text is about, beside its words.
    struct Topic: Sendable {
        var payment: PaymentID?
        var token: TokenID?
        var message: InboxMessageID?
        var entry: EntryID?
        /// After this it is not worth sending; its class decides when absent.
        var until: Timestamp?
    }

    /// Queues a text once for each key; `false` when it was queued before.
    @discardableResult
    func send(
        _ text: String, _ messageClass: MessageClass, to phone: PhoneNumber, key: String, about topic: Topic = Topic(),
        isAutomatic: Bool = false, _ step: Step
    ) throws -> Bool {
        let outgoing = OutgoingText(text)
        var message = OutboxMessage(
            dedupeKey: "\(key)/\(phone.e164)", messageClass: messageClass, recipient: phone, body: text,
            isUCS2: outgoing.coding == .ucs2, parts: outgoing.parts, payment: topic.payment, message: topic.message,
            now: step.now)
        message.token = topic.token
        message.entry = topic.entry
        if let until = topic.until { message.expiresAt = until }
        message.isAutomatic = isAutomatic
        return try step.outbox.queue(message, at: step.now)
    }

    /// Answers a person's text within the limits that keep two machines from talking to each other, and strangers from
    /// using up what the modem may send. What is about danger, money or work has a wider limit: people must hear it, and
    /// machines must still fall silent.
    @discardableResult
    func answer(
        _ text: String, to phone: PhoneNumber, _ message: InboxMessage, entry: EntryID? = nil, part: Int = 0,
        about subject: Subject = .ordinary, payment: PaymentID? = nil, _ step: Step
    ) throws -> Bool {
        let settings = settings
        let hourAgo = step.ago(.seconds(3_600))
        let lastHour = try step.outbox.answers(to: phone, since: hourAgo)
        let lately = try step.outbox.answers(to: phone, since: step.ago(settings.sameReplyPause))
        let limit = settings.repliesPerHour.multipliedReportingOverflow(by: subject.isNeeded ? Self.needed : 1)
        guard limit.overflow || lastHour.count < limit.partialValue,
            subject == .work || payment != nil || !lately.contains(text),
            try subject.goesToMachines || !machines.isMachine(phone, step)
        else { return false }
        if subject.isBudgeted, try step.outbox.automaticAnswers(since: hourAgo) >= settings.repliesPerHourOfAll {
            try step.alerts.noteOnce(
                .notice,
                [
                    "text":
                        "\(settings.repliesPerHourOfAll) automatic answers went out within an hour; texts wait unanswered"
                ], since: hourAgo, at: step.now)
            return false
        }
        let key = subject == .danger ? "danger" : "answer"
        return try send(
            text, .answer, to: phone, key: "\(key)/\(message.id)/\(part)",
            about: Topic(payment: payment, message: message.id, entry: entry), isAutomatic: true, step)
    }

    func text(_ name: TextName, _ languages: [String], _ values: [String: String]) throws -> String {
        try library.texts.render(name, languages, values)
    }

    /// The languages for a phone, the best first: what its holder chose, what the registry says, what the text was
    /// written in, then the company's.
    func languages(of phone: PhoneNumber, written: String? = nil, _ step: Step) throws -> [String] {
        let known = [
            try step.choices.language(of: phone),
            try step.registry.customers(phone: phone).lazy.compactMap(\.language).first,
            try PersonRole.allCases.lazy.compactMap { try step.people.person($0, phone: phone)?.language }.first,
            written,
        ]
        return known.compactMap { $0 } + step.company.languages
    }
}
