import Domain
import Messages
import Store

/// Opens tickets and maintains their threads, for messages by SMS and requests over the admin socket.
package struct TicketDesk: Sendable {
    package static let mostParts = 10

    private let notifier: Notifier

    package init(_ gateway: Gateway) {
        notifier = Notifier(gateway)
    }

    // MARK: Received messages

    /// Opens a ticket with a message as its first entry.
    func open(
        _ category: TicketCategory, _ text: PersonText, as author: ThreadAuthor = .customer, _ sender: Sender,
        priority: TicketPriority = .normal, miniGrid: String? = nil, isOutage: Bool = false, _ step: Step
    ) throws -> (id: TicketID, entry: EntryID) {
        var ticket = Ticket(
            category: category.rawValue, subject: text.message.body.excerpt(80), priority: priority, at: step.now)
        ticket.customer = isOutage ? nil : sender.onlyCustomer?.id
        ticket.miniGrid = miniGrid ?? sender.onlyCustomer?.miniGrid
        ticket.isOutage = isOutage
        let id = try step.tickets.open(ticket)
        return (id, try append(text, to: id, as: author, sender, step))
    }

    /// Adds a message to a thread.
    @discardableResult
    func append(
        _ text: PersonText, to id: TicketID, as author: ThreadAuthor = .customer, _ sender: Sender,
        _ step: Step
    ) throws -> EntryID {
        let name = author == .contractor ? sender.contractor?.name : sender.name
        var entry = ThreadEntry(author, name: name, phone: text.phone, text.message.body, at: step.now)
        entry.message = text.message.id
        return try step.tickets.add(entry, to: id)
    }

    /// Continues a ticket with a customer's message and alerts staff.
    @discardableResult
    func goOn(
        _ ticket: Ticket, _ text: PersonText, _ sender: Sender, _ step: Step
    ) throws -> EntryID {
        let entry = try append(text, to: ticket.id, sender, step)
        if let status = ticket.status.after(.customerWrote) {
            try step.tickets.setStatus(status, of: ticket.id, at: step.now)
        }
        guard sender.staff == nil else { return entry }
        try step.alert(
            .customerReply, ["number": "\(ticket.id)", "text": text.message.body.excerpt(100)])
        return entry
    }

    /// Adds a message to a closed ticket, alerts staff and offers the writer to reopen the ticket.
    func keepLate(
        _ ticket: Ticket, _ text: PersonText, _ sender: Sender, _ languages: [String], _ step: Step
    ) throws {
        let entry = try append(text, to: ticket.id, sender, step)
        try step.tickets.noteOffer(of: ticket.id, at: step.now)
        try step.alert(
            .lateReply, ["number": "\(ticket.id)", "text": text.message.body.excerpt(100)])
        let offer = try notifier.text(.ticketOffer, languages, ["number": "\(ticket.id)"])
        try notifier.answer(offer, to: text.phone, text.message, entry: entry, step)
    }

    // MARK: Tickets without a message

    /// Opens a ticket for a cause found by the gateway, once for each cause, and alerts staff. `phone` joins the
    /// conversation. Without `customer`, it is the only customer of the phone. Returns `nil` if it was opened before.
    @discardableResult
    func open(
        cause: TicketCause, _ category: TicketCategory, _ subject: String, phone: PhoneNumber?,
        customer: CustomerID? = nil,
        alert: Alert.Kind = .ticket, _ step: Step
    ) throws -> TicketID? {
        var ticket = Ticket(category: category.rawValue, subject: subject.excerpt(80), priority: .high, at: step.now)
        ticket.cause = cause
        ticket.customer = try customer ?? phone.flatMap { try Sender($0, step).onlyCustomer?.id }
        guard let id = try step.tickets.openOnce(ticket) else { return nil }
        try step.tickets.add(ThreadEntry(.system, name: nil, phone: nil, subject, at: step.now), to: id)
        if let phone { try step.tickets.join(phone, id, at: step.now) }
        try step.alert(
            alert, ["number": "\(id)", "category": category.rawValue, "text": subject.excerpt(100)])
        return id
    }

    /// Opens a ticket for staff. With `tells`, the text is sent to the other side; otherwise it is a note.
    /// - Throws: `Refusal` if the text is empty or too long or there is no phone, and `StoreError`.
    package func open(
        _ ticket: Ticket, _ text: String, phone: PhoneNumber?, tells: Bool, by name: String, _ step: Step
    ) throws -> TicketID {
        let id = try step.tickets.open(ticket)
        if let phone { try step.tickets.join(phone, id, at: step.now) }
        if tells {
            try reply(to: id, text, by: name, step)
        } else {
            try note(text, on: id, by: name, step)
        }
        return id
    }

    // MARK: Operations of staff

    /// Adds a category to the built-in ones.
    /// - Throws: `Refusal.categoryExists`, and `StoreError`.
    package func add(_ category: Category, _ step: Step) throws {
        guard try step.tickets.category(named: category.name) == nil else {
            throw Refusal.categoryExists(category.name)
        }
        try step.tickets.insert(category)
    }

    /// Sends staff's text by SMS and adds it to the thread. For an outage it is sent to everyone who reported it.
    /// - Throws: `Refusal` if there is no such ticket or phone, or the text is empty or too long, and `StoreError`.
    package func reply(
        to id: TicketID, _ text: String, by name: String, _ step: Step
    ) throws {
        let body = text.trimmingSpaces
        guard !body.isEmpty else { throw Refusal.empty }
        guard let ticket = try step.tickets.ticket(id) else { throw Refusal.noTicket(id.number) }
        let phones = try contacts(of: ticket, step)
        guard !phones.isEmpty else { throw Refusal.nobodyToWriteTo(id) }
        let parts = OutgoingText(body).parts.count
        guard parts <= Self.mostParts else { throw Refusal.tooLong(parts: parts) }
        let isJob = try step.jobs.job(of: id) != nil
        let status = ticket.status.after(.staffWrote, isJob: isJob) ?? ticket.status
        if ticket.status == .closed, status != .closed { _ = try step.tickets.reopen(id, at: step.now) }
        let entry = try step.tickets.add(ThreadEntry(.staff, name: name, phone: nil, body, at: step.now), to: id)
        for phone in phones {
            let text = try notifier.text(
                .ticketReply, notifier.languages(of: phone, step), ["number": "\(id)", "text": body])
            try notifier.send(
                text, isJob ? .job : .answer, to: phone, key: "entry/\(entry)", about: .init(entry: entry), step)
        }
        try step.tickets.setStatus(status, of: id, at: step.now)
    }

    /// Adds a note that only staff see.
    /// - Throws: `Refusal` if there is no such ticket or the text is empty, and `StoreError`.
    package func note(
        _ text: String, on id: TicketID, by name: String, _ step: Step
    ) throws {
        guard try step.tickets.ticket(id) != nil else { throw Refusal.noTicket(id.number) }
        let body = text.trimmingSpaces
        guard !body.isEmpty else { throw Refusal.empty }
        var entry = ThreadEntry(.staff, name: name, phone: nil, body, at: step.now)
        entry.isNote = true
        try step.tickets.add(entry, to: id)
    }

    /// Closes a ticket. With `tells`, the other side is notified.
    /// - Throws: `Refusal` if there is no such ticket, it is a job or it is already closed, and `StoreError`.
    package func close(
        _ id: TicketID, reason: String?, tells: Bool, by name: String, _ step: Step
    ) throws {
        guard let ticket = try step.tickets.ticket(id) else { throw Refusal.noTicket(id.number) }
        guard try step.jobs.job(of: id) == nil else { throw Refusal.isJob(id) }
        guard ticket.status.after(.close) != nil else { throw Refusal.closedAlready(id) }
        _ = try step.tickets.close(id, reason: reason, at: step.now)
        let said = "closed" + (reason.map { ": \($0)" } ?? "")
        let entry = try step.tickets.add(ThreadEntry(.system, name: name, phone: nil, said, at: step.now), to: id)
        guard tells else { return }
        var values = ["number": "\(id)"]
        if let reason { values["reason"] = reason }
        for phone in try contacts(of: ticket, step) {
            try notifier.send(
                notifier.text(.ticketClosed, notifier.languages(of: phone, step), values), .answer, to: phone,
                key: "entry/\(entry)", about: .init(entry: entry), step)
        }
    }

    /// Closes the tickets that were opened for a cause that no longer exists.
    func settle(_ cause: TicketCause, _ words: String, _ step: Step) throws {
        for id in try step.tickets.openTickets(causedBy: cause)
        where try step.tickets.close(id, reason: words, at: step.now) {
            try step.tickets.add(ThreadEntry(.system, name: nil, phone: nil, words, at: step.now), to: id)
        }
    }

    /// Reopens a closed ticket.
    /// - Throws: `Refusal` if there is no such ticket, it is a job or it is already open, and `StoreError`.
    package func reopen(_ id: TicketID, by name: String?, _ step: Step) throws {
        guard let ticket = try step.tickets.ticket(id) else { throw Refusal.noTicket(id.number) }
        guard try step.jobs.job(of: id) == nil else { throw Refusal.isJob(id) }
        guard ticket.status.after(.reopen) != nil else { throw Refusal.openAlready(id) }
        _ = try step.tickets.reopen(id, at: step.now)
        try step.tickets.add(ThreadEntry(.system, name: name, phone: nil, "reopened", at: step.now), to: id)
    }

    /// The phones that staff's texts are sent to: the contractor of a job, everyone who reported an outage, else the
    /// phone that wrote last, or the customer's first phone.
    private func contacts(of ticket: Ticket, _ step: Step) throws -> [PhoneNumber] {
        let heard = try step.tickets.phones(of: ticket.id)
        if let job = try step.jobs.job(of: ticket.id) {
            let phones = try step.people.person(job.contractor)?.phones ?? []
            return Array((heard.filter(phones.contains) + phones).prefix(1))
        }
        if ticket.isOutage { return heard }
        let own = try ticket.customer.flatMap { try step.registry.customer($0)?.phones } ?? []
        return Array((heard + own).prefix(1))
    }
}
