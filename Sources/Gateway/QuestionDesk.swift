import Domain
import Messages
import Store

/// Reads what people write: an answer to an open question, or a call for help.
struct QuestionDesk: Sendable {
    private let gateway: Gateway
    private let payments: PaymentDesk
    private let post: PaymentPost

    init(_ gateway: Gateway) {
        self.gateway = gateway
        payments = PaymentDesk(gateway)
        post = PaymentPost(gateway)
    }

    func answer(_ message: InboxMessage, from phone: PhoneNumber, _ transaction: Transaction, _ now: Timestamp) throws
        -> Outcome
    {
        guard let question = try transaction.questions.open(for: phone, at: now).first,
            let payment = try transaction.payments.payment(question.payment), payment.state == .suspense
        else { return try help(message, phone, transaction, now) }
        if let device = try device(in: message.body, question, transaction) {
            let outcome = try payments.complete(payment, device, transaction, now)
            // A device that cannot be served leaves the payment where it is, and its payer may name another.
            if try transaction.payments.payment(payment.id)?.state != .suspense {
                try transaction.questions.close(question.id)
            }
            return Outcome(.person, note: "answered which device: \(outcome)")
        }
        let languages = gateway.company.languages(for: try post.language(of: phone, transaction))
        let digits = message.body.filter { $0.isASCII && $0.isNumber }
        let text: String
        if digits.count >= 4 {
            text = try gateway.library.texts.render(
                .unknownSerial, languages,
                [
                    "serial": message.body.quotable,
                    "amount": gateway.company.text(payment.amount),
                ])
        } else {
            text = try post.question(question.options, payment.amount, phone, transaction)
        }
        try reply(text, to: phone, message, transaction, now)
        return Outcome(.person, note: "did not answer which device")
    }

    /// A number from the list that was offered, or a serial somewhere in the text.
    private func device(in text: String, _ question: Question, _ transaction: Transaction) throws -> Device? {
        let found = try DeviceFinder.devices(in: text, transaction)
        if found.count == 1 { return found[0] }
        let words = text.split { !$0.isLetter && !$0.isNumber }
        guard found.isEmpty, words.count == 1, let number = Int(words[0]), question.options.indices.contains(number - 1)
        else {
            return nil
        }
        return try transaction.registry.device(serial: question.options[number - 1])
    }

    private func help(_ message: InboxMessage, _ phone: PhoneNumber, _ transaction: Transaction, _ now: Timestamp)
        throws -> Outcome
    {
        let languages = gateway.company.languages(for: try post.language(of: phone, transaction))
        let text = try gateway.library.texts.render(.help, languages, ["company": gateway.company.name])
        let isSent = try reply(text, to: phone, message, transaction, now)
        return Outcome(
            .person, note: isSent ? "was told how to pay" : "was not answered: too many answers, or the same one again")
    }

    /// Answers within the limits that keep two machines from talking to each other.
    @discardableResult
    private func reply(
        _ text: String, to phone: PhoneNumber, _ message: InboxMessage, _ transaction: Transaction, _ now: Timestamp
    ) throws
        -> Bool
    {
        let settings = gateway.settings
        let lastHour = try transaction.outbox.answers(to: phone, since: now.adding(.seconds(-3_600)))
        let lately = try transaction.outbox.answers(to: phone, since: now.adding(.zero - settings.sameReplyPause))
        guard lastHour.count < settings.repliesPerHour, !lately.contains(text) else { return false }
        let outgoing = OutgoingText(text)
        return try transaction.outbox.queue(
            OutboxMessage(
                dedupeKey: "answer/\(message.id)", messageClass: .answer, recipient: phone, body: text,
                isUCS2: outgoing.coding == .ucs2, parts: outgoing.parts, payment: nil, message: message.id, now: now),
            at: now)
    }
}
