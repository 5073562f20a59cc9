import Store
import Domain
import Messages

/// Handles messages of customers and strangers: answers to questions, requests that are answered at once, and messages
/// in existing or new conversations.
struct CustomerDesk: Sendable {
    private let settings: GatewaySettings
    private let questions: QuestionDesk
    private let account: AccountDesk
    private let outages: OutageDesk
    private let tickets: TicketDesk
    private let notifier: Notifier

    init(_ gateway: Gateway) {
        settings = gateway.settings
        questions = QuestionDesk(gateway)
        account = AccountDesk(gateway)
        outages = OutageDesk(gateway)
        tickets = TicketDesk(gateway)
        notifier = Notifier(gateway)
    }

    func take(_ text: PersonText, _ sender: Sender, _ step: Step) throws -> Outcome {
        let languages = try notifier.languages(of: text.phone, written: text.reading.language, step)
        if text.reading.intent == .safety { return try outages.danger(text, sender, languages, step) }
        if let outcome = try numbered(text, sender, languages, step) { return outcome }
        let conversation = try conversation(sender, step)
        let outcome = try questions.answer(text, isTalking: conversation != nil, step)
        if let outcome { return outcome }
        if let outcome = try account.answer(text, sender, languages, step) {
            // If staff are waiting for an answer, this may be it, so it is added to their ticket too.
            if let conversation, conversation.status == .waiting, !text.isShort || text.reading.intent == .meterOnly {
                try tickets.goOn(conversation, text, sender, step)
            }
            return outcome
        }
        if conversation == nil, let outcome = try reopening(text, sender, languages, step) {
            return outcome
        }
        if let outcome = try smallTalk(text, sender, conversation, languages, step) { return outcome }
        if text.reading.intents == [.outage],
            let outcome = try outages.report(text, sender, languages, step)
        {
            return outcome
        }
        if let conversation {
            let entry = try tickets.goOn(conversation, text, sender, step)
            try acknowledge(.ticketAdded, conversation.id, entry, text, languages, step)
            return Outcome(.person, note: "went on in ticket #\(conversation.id)")
        }
        if let outcome = try late(text, sender, languages, step) { return outcome }
        return try newTicket(text, sender, languages, step)
    }

    // MARK: Conversations

    private func conversation(_ sender: Sender, _ step: Step) throws -> Ticket? {
        try step.tickets.conversation(
            of: sender.phone, customer: sender.onlyCustomer?.id,
            since: step.ago(settings.conversationPause))
    }

    /// Handles `#12` if ticket 12 belongs to this phone or its customer. Numbers of other people's tickets are ignored.
    private func numbered(
        _ text: PersonText, _ sender: Sender, _ languages: [String], _ step: Step
    ) throws -> Outcome? {
        guard let number = text.reading.slots.ticket, let ticket = try step.tickets.ticket(TicketID(number)),
            try step.jobs.job(of: ticket.id) == nil
        else { return nil }
        let isTheirs =
            try step.tickets.phones(of: ticket.id).contains(sender.phone)
            || ticket.customer.map { id in sender.customers.contains { $0.id == id } } ?? false
        guard isTheirs else { return nil }
        guard ticket.status == .closed else {
            let entry = try tickets.goOn(ticket, text, sender, step)
            try acknowledge(.ticketAdded, ticket.id, entry, text, languages, step)
            return Outcome(.person, note: "went on in ticket #\(ticket.id)")
        }
        if text.reading.intent == .reopen || (text.saysYes && isOffered(ticket, step.now)) {
            return try reopen(ticket, text, sender, languages, step)
        }
        try tickets.keepLate(ticket, text, sender, languages, step)
        return Outcome(.person, note: "wrote to ticket #\(ticket.id), which is closed")
    }

    /// Handles a yes to the offer to reopen a ticket, or a request to reopen it.
    private func reopening(
        _ text: PersonText, _ sender: Sender, _ languages: [String], _ step: Step
    ) throws -> Outcome? {
        guard text.saysYes || text.reading.intent == .reopen,
            let ticket = try step.tickets.closedLately(
                of: sender.phone, since: step.ago(settings.conversationPause)),
            isOffered(ticket, step.now) || text.reading.intent == .reopen
        else { return nil }
        return try reopen(ticket, text, sender, languages, step)
    }

    /// Whether the offer to reopen is recent enough for a yes to answer it.
    private func isOffered(_ ticket: Ticket, _ now: Timestamp) -> Bool {
        ticket.offeredAt.map { now.since($0) <= settings.lateReplyTime } ?? false
    }

    private func reopen(
        _ ticket: Ticket, _ text: PersonText, _ sender: Sender, _ languages: [String], _ step: Step
    ) throws -> Outcome {
        try tickets.reopen(ticket.id, by: sender.name, step)
        let entry = try tickets.goOn(ticket, text, sender, step)
        try acknowledge(.ticketReopened, ticket.id, entry, text, languages, step)
        return Outcome(.person, note: "opened ticket #\(ticket.id) again")
    }

    /// Takes the first message after a ticket was closed as a reply to it. The next message starts a new ticket.
    private func late(
        _ text: PersonText, _ sender: Sender, _ languages: [String], _ step: Step
    ) throws -> Outcome? {
        guard text.reading.intent == .unclear,
            let ticket = try step.tickets.closedLately(
                of: sender.phone, since: step.ago(settings.lateReplyTime)), ticket.offeredAt == nil
        else { return nil }
        try tickets.keepLate(ticket, text, sender, languages, step)
        return Outcome(.person, note: "wrote to ticket #\(ticket.id), which is closed")
    }

    /// Handles thanks and greetings, which open no tickets, and spam and scams, which get no answer.
    private func smallTalk(
        _ text: PersonText, _ sender: Sender, _ conversation: Ticket?, _ languages: [String],
        _ step: Step
    ) throws -> Outcome? {
        switch text.reading.intent {
        case .acknowledgement:
            // "OK" in reply to a question of staff is an answer.
            if let conversation, conversation.status == .waiting {
                try tickets.goOn(conversation, text, sender, step)
                return Outcome(.person, note: "answered staff in ticket #\(conversation.id)")
            }
            let recent =
                try conversation
                ?? step.tickets.closedLately(
                    of: sender.phone, since: step.ago(settings.lateReplyTime))
            if let recent { try tickets.append(text, to: recent.id, sender, step) }
            return Outcome(.person, note: "thanks")
        case .wrongNumber where sender.customers.isEmpty && conversation == nil:
            return Outcome(.person, note: "a wrong number")
        case .networkNotice, .spam, .scam:
            guard sender.customers.isEmpty, conversation == nil else { return nil }
            return Outcome(.ignore, note: "sent to everybody: \(text.reading.intent.rawValue)")
        case .greeting where conversation == nil, .empty:
            return try help(text, languages, step)
        case .unclear where conversation == nil && !text.message.body.contains(where: \.isLetter):
            return try help(text, languages, step)
        default: return nil
        }
    }

    private func help(
        _ text: PersonText, _ languages: [String], _ step: Step
    ) throws -> Outcome {
        let help = try notifier.text(.help, languages, ["company": step.company.name])
        let isSent = try notifier.answer(help, to: text.phone, text.message, step)
        return Outcome(.person, note: isSent ? "was sent the help text" : "was not answered again")
    }

    // MARK: New tickets

    private func newTicket(
        _ text: PersonText, _ sender: Sender, _ languages: [String], _ step: Step
    ) throws -> Outcome {
        let category = Self.category(of: text.reading.intent)
        let (id, entry) = try tickets.open(category, text, sender, step)
        // Staff who write as customers need no alert; an answering machine on their phone would reply to it.
        if sender.staff == nil {
            try step.alert(
                .ticket,
                ["number": "\(id)", "category": category.rawValue, "text": text.message.body.excerpt(100)])
        }
        try acknowledge(.ticketOpened, id, entry, text, languages, step)
        return Outcome(.person, note: "opened ticket #\(id)")
    }

    /// Opens or continues a ticket for a payment receipt that a customer forwarded.
    func forwardedReceipt(_ text: PersonText, _ sender: Sender, _ step: Step) throws {
        guard !sender.customers.isEmpty else { return }
        let languages = try notifier.languages(of: text.phone, written: text.reading.language, step)
        let (id, entry): (TicketID, EntryID)
        if let conversation = try conversation(sender, step), !conversation.isOutage {
            (id, entry) = (conversation.id, try tickets.goOn(conversation, text, sender, step))
        } else {
            (id, entry) = try tickets.open(.payment, text, sender, step)
        }
        try acknowledge(.ticketOpened, id, entry, text, languages, step)
    }

    static func category(of intent: Intent) -> TicketCategory {
        switch intent {
        case .tokenProblem, .resendToken: .token
        case .wrongMeter, .refundRequest, .paymentClaim: .payment
        case .complaint: .complaint
        case .newConnection: .connection
        case .outage, .powerQuality: .outage
        case .safety: .safety
        default: .question
        }
    }

    private func acknowledge(
        _ name: TextName, _ id: TicketID, _ entry: EntryID, _ text: PersonText, _ languages: [String],
        _ step: Step
    ) throws {
        let words = try notifier.text(name, languages, ["number": "\(id)"])
        try notifier.answer(words, to: text.phone, text.message, entry: entry, step)
    }
}
