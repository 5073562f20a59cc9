import Store
import Domain
import Messages

/// Queues notifications in the outbox, in the recipient's language.
struct Notifier: Sendable {
    /// Factor by which the hourly limit of a number is higher for needed answers.
    private static let needed = 5

    private let library: CurrentLibrary
    private let settings: GatewaySettings
    private let machines: AnsweringMachines

    init(_ gateway: Gateway) {
        library = gateway.library
        settings = gateway.settings
        machines = AnsweringMachines()
    }

    /// The subject of an automatic answer. Some subjects are exempt from some limits.
    enum Subject: Sendable {
        case ordinary
        /// A job, or an order of staff. The same text may be sent again.
        case work
        case money
        case danger

        /// Whether the higher limit per number applies.
        var isNeeded: Bool { self != .ordinary }
        /// Whether the answer is also sent to numbers that are taken for machines.
        var goesToMachines: Bool { self == .money || self == .danger }
        /// Whether the answer counts towards the limit for all numbers.
        var isBudgeted: Bool { self != .danger }
    }

    /// The records that a text refers to.
    struct Topic: Sendable {
        var payment: PaymentID?
        var token: TokenID?
        var message: InboxMessageID?
        var entry: EntryID?
        /// When the message expires; `nil` for the default of its class.
        var until: Timestamp?
    }

    /// Queues a text, once for each key. Returns `false` if it was queued before.
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

    /// Answers a person's message within limits. The limits prevent endless exchanges between two machines and stop
    /// strangers from using up the modem's allowance. Answers about danger, money or work have a higher limit, because
    /// people need them. Returns `false` if a limit prevents the answer.
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
                        "\(settings.repliesPerHourOfAll) automatic answers were sent within an hour; no more are sent for now"
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

    /// The languages for a phone, best first: the holder's choice, the registry's language, the language of the
    /// message, then the company's.
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
