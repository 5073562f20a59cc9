import Store
import Domain
import Messages

/// Sends the last token again.
extension AccountDesk {
    /// The stored token, for a phone of the device's owner or the phone that paid for it.
    func lastToken(
        _ text: PersonText, _ sender: Sender, _ languages: [String], _ step: Step
    ) throws -> Answer? {
        let devices = try own(sender, step)
        let named = OwnSerials.named(in: text.message.body, among: devices.map(\.serial))
        let wanted = devices.filter { named.contains($0.serial) }
        if named.isEmpty, let typed = text.reading.slots.meters.first, text.reading.slots.token == nil {
            // A meter of someone else: only tokens that this phone paid for.
            if let serial = Serial(typed), let device = try step.registry.device(serial: serial),
                let token = try step.tokens.last(paidBy: sender.phone, for: device.id)
            {
                return try again(token, languages, step)
            }
            return Answer(text: try notifier.text(.notYourMeter, languages, ["serial": typed.quotable]))
        }
        var tokens = try (wanted.isEmpty ? devices : wanted).compactMap {
            try step.tokens.lastBought(for: $0.id)
        }
        if wanted.isEmpty, let paid = try step.tokens.last(paidBy: sender.phone, for: nil) {
            tokens.append(paid)
        }
        guard let last = tokens.max(by: { $0.createdAt < $1.createdAt }) else {
            return Answer(text: try notifier.text(.tokenNone, languages, [:]))
        }
        return try again(last, languages, step)
    }

    func again(_ token: IssuedToken, _ languages: [String], _ step: Step) throws -> Answer? {
        guard let device = try step.registry.device(token.device) else { return nil }
        let text = try notificationText.token(
            token, device, languages, boughtOn: company.calendar.today(at: token.createdAt))
        return Answer(text: text, token: token.payment)
    }

    /// Sends a token again, up to a number of times a day. Beyond that, staff get a ticket.
    func sendToken(
        _ words: String, of payment: PaymentID, _ text: PersonText, _ sender: Sender, _ languages: [String],
        part: Int, _ step: Step
    ) throws -> Bool {
        let times = try step.outbox.tokensAgain(
            of: payment, to: text.phone, since: step.ago(.seconds(86_400)))
        if times < settings.tokensAgainPerDay {
            return try notifier.answer(
                words, to: text.phone, text.message, part: part, about: .work, payment: payment, step)
        }
        // One ticket and one answer for all further requests of the day.
        let day = step.today
        let ticket = try tickets.open(
            cause: .tokenAgain(text.phone, day), .token,
            "asked for the token of payment \(payment) more than \(settings.tokensAgainPerDay) times a day",
            phone: text.phone, customer: sender.onlyCustomer?.id, step)
        guard let ticket else { return false }
        return try notifier.answer(
            notifier.text(.ticketOpened, languages, ["number": "\(ticket)"]), to: text.phone, text.message,
            part: part, about: .money, step)
    }

    /// Handles a message that is only a serial: one's own is taken as a request for its token, another's is ignored.
    func namedMeter(
        _ text: PersonText, _ sender: Sender, _ languages: [String], _ step: Step
    ) throws -> Answer? {
        let serials = try own(sender, step).map(\.serial)
        guard !OwnSerials.named(in: text.message.body, among: serials).isEmpty else { return nil }
        return try lastToken(text, sender, languages, step)
    }
}
