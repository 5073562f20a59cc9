import Domain
import Messages
import Store

/// Puts texts into the outbox, in the words and the language of whoever gets them.
struct Post: Sendable {
    /// How many times as many of the needed answers a number gets.
    private static let needed = 5

    private let gateway: Gateway

    init(_ gateway: Gateway) { self.gateway = gateway }

    /// What a text is about, beside its words.
    struct Topic: Sendable {
        var payment: PaymentID?
        var message: InboxMessageID?
        var entry: EntryID?
        /// After this it is not worth sending; its class decides when absent.
        var until: Timestamp?
    }

    /// Queues a text once for each key; `false` when it was queued before.
    @discardableResult
    func send(
        _ text: String, _ messageClass: MessageClass, to phone: PhoneNumber, key: String, about topic: Topic = Topic(),
        isAutomatic: Bool = false, _ transaction: Transaction, _ now: Timestamp
    ) throws -> Bool {
        let outgoing = OutgoingText(text)
        var message = OutboxMessage(
            dedupeKey: "\(key)/\(phone.e164)", messageClass: messageClass, recipient: phone, body: text,
            isUCS2: outgoing.coding == .ucs2, parts: outgoing.parts, payment: topic.payment, message: topic.message,
            now: now)
        message.entry = topic.entry
        if let until = topic.until { message.expiresAt = until }
        message.isAutomatic = isAutomatic
        return try transaction.outbox.queue(message, at: now)
    }

    /// Answers a person's text within the limits that keep two machines from talking to each other. What is `isNeeded`,
    /// about danger, money or a job, has a wider limit: people must hear it, and machines must still fall silent. Only
    /// what is about a job may be the same text again.
    @discardableResult
    func answer(
        _ text: String, to phone: PhoneNumber, _ message: InboxMessage, entry: EntryID? = nil, part: Int = 0,
        isNeeded: Bool = false, mayRepeat: Bool = false,
        _ transaction: Transaction, _ now: Timestamp
    ) throws -> Bool {
        let settings = gateway.settings
        let lastHour = try transaction.outbox.answers(to: phone, since: now.adding(.seconds(-3_600)))
        let lately = try transaction.outbox.answers(to: phone, since: now.adding(.zero - settings.sameReplyPause))
        let limit = settings.repliesPerHour * (isNeeded ? Self.needed : 1)
        guard lastHour.count < limit, mayRepeat || !lately.contains(text) else { return false }
        return try send(
            text, .answer, to: phone, key: "answer/\(message.id)/\(part)",
            about: Topic(message: message.id, entry: entry), isAutomatic: true, transaction, now)
    }

    func text(_ name: TextName, _ languages: [String], _ values: [String: String]) throws -> String {
        try gateway.library.texts.render(name, languages, values)
    }

    /// The languages for a phone, the best first: what its holder chose, what the registry says, what the text was
    /// written in, then the company's.
    func languages(of phone: PhoneNumber, written: String? = nil, _ transaction: Transaction) throws -> [String] {
        let known = [
            try transaction.choices.language(of: phone),
            try transaction.registry.customers(phone: phone).lazy.compactMap(\.language).first,
            try PersonRole.allCases.lazy.compactMap { try transaction.people.person($0, phone: phone)?.language }.first,
            written,
        ]
        return known.compactMap { $0 } + gateway.company.languages
    }
}
