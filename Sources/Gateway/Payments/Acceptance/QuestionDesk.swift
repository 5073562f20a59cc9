import Messages
import Store
import Domain

/// Handles answers to the question which device a payment is for.
struct QuestionDesk: Sendable {
    private let acceptance: PaymentAcceptance
    private let notifications: PaymentNotifications
    private let notifier: Notifier

    init(_ gateway: Gateway) {
        acceptance = PaymentAcceptance(gateway)
        notifications = PaymentNotifications(gateway)
        notifier = Notifier(gateway)
    }

    /// Returns `nil` if there is no open question or the message is about something else.
    /// `isTalking`: the phone has an open conversation that a short message may belong to.
    func answer(_ text: PersonText, isTalking: Bool, _ step: Step) throws -> Outcome? {
        guard let question = try step.questions.openQuestions(for: text.phone, at: step.now).first,
            let payment = try step.payments.payment(question.payment), payment.state == .suspense
        else { return nil }
        if let device = try device(in: text.message.body, question, step) {
            let outcome = try acceptance.complete(payment, device, step)
            // If the device cannot be served, the payment stays in suspense and the payer may name another device.
            if try step.payments.payment(payment.id)?.state != .suspense {
                try step.questions.close(question.id)
            }
            return Outcome(.person, note: "answered which device: \(outcome)")
        }
        guard isAttempt(text, isTalking: isTalking) else { return nil }
        let words: String
        if text.message.body.filter({ $0.isASCII && $0.isNumber }).count >= 4 {
            words = try notifier.text(
                .unknownSerial, notifier.languages(of: text.phone, step),
                ["serial": text.message.body.quotable, "amount": step.company.text(payment.amount)])
        } else {
            words = try notifications.question(question.options, payment.amount, text.phone, step)
        }
        try notifier.answer(words, to: text.phone, text.message, about: .money, step)
        return Outcome(.person, note: "did not answer which device")
    }

    /// Whether the message looks like an attempt to answer: a few words with no other meaning, or a number.
    private func isAttempt(_ text: PersonText, isTalking: Bool) -> Bool {
        let holdsNumber = text.message.body.contains { $0.isNumber }
        switch text.reading.intent {
        case .meterOnly: return true
        case .greeting, .empty: return !isTalking
        case .unclear:
            let words = text.message.body.split(whereSeparator: \.isWhitespace).count
            return words <= 4 && (holdsNumber || !isTalking)
        default: return false
        }
    }

    /// Whether the whole message is an answer to an open question. Used where a message is first read in another way.
    func isWholeAnswer(_ text: PersonText, _ step: Step) throws -> Bool {
        guard let question = try step.questions.openQuestions(for: text.phone, at: step.now).first else { return false }
        if let serial = Serial(text.message.body), try step.registry.device(serial: serial) != nil {
            return true
        }
        return Self.option(text.message.body.trimmingSpaces, of: question) != nil
    }

    /// The device with this number in the list.
    private static func option(_ word: some StringProtocol, of question: Question) -> Serial? {
        zip(1..., question.options).first { String($0.0) == word }?.1
    }

    /// The device named by a number from the offered list, or by a serial anywhere in the text.
    private func device(in text: String, _ question: Question, _ step: Step) throws -> Device? {
        let found = try DeviceFinder.devices(in: text, step)
        if found.count == 1 { return found[0] }
        let words = text.split { !$0.isLetter && !$0.isNumber }
        guard found.isEmpty, words.count == 1, let serial = Self.option(words[0], of: question) else { return nil }
        return try step.registry.device(serial: serial)
    }
}
