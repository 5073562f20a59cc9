import Domain
import Messages
import Store

/// Staff's operations on maintenance jobs: offer, confirm, cancel, reassign and pay.
package struct JobDesk: Sendable {
    let company: Company
    let settings: GatewaySettings
    private let notifier: Notifier

    package init(_ gateway: Gateway) {
        company = gateway.company
        settings = gateway.settings
        notifier = Notifier(gateway)
    }

    /// A job to offer.
    package struct Order: Sendable {
        package var contractor: PersonID
        package var category: String
        package var task: String
        package var place: String?
        package var price: Money
        package var deadline: CalendarDate?
        package var priority = TicketPriority.normal

        package init(contractor: PersonID, category: String, task: String, price: Money) {
            self.contractor = contractor
            self.category = category
            self.task = task
            self.price = price
        }
    }

    /// Opens the ticket of a job and offers the job to its contractor by SMS.
    /// - Throws: `Refusal` if the contractor is unknown or the deadline has passed, `TicketDesk.Refusal.tooLong`, and
    ///   `StoreError`.
    package func offer(_ order: Order, by name: String, _ step: Step) throws -> TicketID {
        try check(order.deadline, step.now)
        let contractor = try contractor(order.contractor, step)
        var ticket = Ticket(
            category: order.category, subject: order.task.excerpt(80), priority: order.priority, at: step.now)
        ticket.status = .waiting
        ticket.due = order.deadline
        let id = try step.tickets.open(ticket)
        let job = Job(
            ticket: id, contractor: contractor.id, task: order.task, place: order.place, price: order.price,
            deadline: order.deadline, at: step.now)
        try step.jobs.insert(job)
        try send(job, to: contractor, by: name, step)
        return id
    }

    private func check(_ deadline: CalendarDate?, _ now: Timestamp) throws {
        if let deadline, deadline < company.calendar.today(at: now) { throw Refusal.deadlinePassed(deadline) }
    }

    func contractor(_ id: PersonID, _ step: Step) throws -> Person {
        guard let person = try step.people.person(id), person.role == .contractor, !person.isRetired,
            !person.phones.isEmpty
        else { throw Refusal.noContractor(id.number) }
        return person
    }

    func job(_ id: TicketID, _ step: Step) throws -> Job {
        guard let job = try step.jobs.job(of: id) else { throw Refusal.noJob(id.number) }
        return job
    }

    func after(_ order: JobOrder, of job: Job) throws -> JobStatus {
        guard let status = job.status.after(order) else {
            throw Refusal.wrongStatus(job.ticket, job.status, wanted: order.wanted)
        }
        return status
    }

    /// Sends the job in one SMS: number, task, place, price and deadline.
    private func send(_ job: Job, to contractor: Person, by name: String, _ step: Step)
        throws
    {
        var values = ["number": "\(job.ticket)", "task": job.task]
        values["place"] = job.place
        if job.price.isPositive { values["price"] = step.company.text(job.price) }
        values["deadline"] = job.deadline?.description
        try tell(contractor, .job, values, job.ticket, by: name, step)
    }

    /// Sends a message to a contractor and adds it to the thread.
    func tell(
        _ contractor: Person, _ name: TextName, _ values: [String: String], _ id: TicketID, by author: String?,
        _ step: Step
    ) throws {
        guard
            let phone = try step.tickets.phones(of: id).first(where: contractor.phones.contains)
                ?? contractor.phones.first
        else { return }
        let text = try notifier.text(name, notifier.languages(of: phone, step), values)
        let parts = OutgoingText(text).parts.count
        guard parts <= TicketDesk.mostParts else { throw TicketDesk.Refusal.tooLong(parts: parts) }
        let entry = try step.tickets.add(
            ThreadEntry(author == nil ? .system : .staff, name: author, phone: nil, text, at: step.now), to: id)
        try notifier.send(
            text, .job, to: phone, key: "entry/\(entry)", about: .init(entry: entry), step)
    }

    /// Confirms that the job was done. From now on the price is owed; the ticket is closed.
    /// - Throws: `Refusal` if there is no such job or its status does not allow this, and `StoreError`.
    package func confirm(_ id: TicketID, by name: String, _ step: Step) throws {
        let job = try job(id, step)
        try step.jobs.setStatus(after(.confirm, of: job), of: id, at: step.now)
        if let contractor = try step.people.person(job.contractor) {
            try tell(
                contractor, .jobConfirmed, ["number": "\(id)", "price": step.company.text(job.price)], id, by: name,
                step)
        }
        _ = try step.tickets.close(id, reason: "confirmed", at: step.now)
    }

    /// Cancels a job and closes its ticket.
    /// - Throws: `Refusal` if there is no such job or its status does not allow this, `TicketDesk.Refusal.tooLong`, and
    ///   `StoreError`.
    package func cancel(
        _ id: TicketID, reason: String?, by name: String, _ step: Step
    ) throws {
        let job = try job(id, step)
        try step.jobs.setStatus(after(.cancel, of: job), of: id, at: step.now)
        // A contractor who declined needs no further message.
        if job.status != .declined, let contractor = try step.people.person(job.contractor) {
            var values = ["number": "\(id)"]
            values["reason"] = reason
            try tell(contractor, .jobCancelled, values, id, by: name, step)
        }
        _ = try step.tickets.close(id, reason: reason ?? "cancelled", at: step.now)
    }

    /// Offers the job to another contractor. The former contractor is told, unless they declined.
    /// - Throws: `Refusal` if there is no such job or contractor, its status does not allow this or the deadline has
    ///   passed, and `StoreError`.
    package func reassign(
        _ id: TicketID, to contractor: PersonID, deadline: CalendarDate?, by name: String, _ step: Step
    ) throws {
        try check(deadline, step.now)
        var job = try job(id, step)
        _ = try after(.reassign, of: job)
        try check(deadline ?? job.deadline, step.now)
        let next = try self.contractor(contractor, step)
        if job.status != .declined, next.id != job.contractor,
            let before = try step.people.person(job.contractor)
        {
            try tell(before, .jobCancelled, ["number": "\(id)"], id, by: name, step)
        }
        try step.jobs.reassign(id, to: next.id, deadline: deadline, at: step.now)
        job.contractor = next.id
        job.deadline = deadline ?? job.deadline
        try step.tickets.setStatus(.waiting, of: id, at: step.now)
        try send(job, to: next, by: name, step)
    }

    /// Records that the contractor was paid.
    /// - Throws: `Refusal` if there is no such job, or it is not confirmed or already paid, and `StoreError`.
    package func pay(
        _ id: TicketID, reference: String?, by name: String, uid: UInt32?, _ step: Step
    ) throws {
        let job = try job(id, step)
        guard job.status == .confirmed else {
            throw Refusal.wrongStatus(id, job.status, wanted: "paid")
        }
        guard job.payout == nil else { throw Refusal.paidAlready(id) }
        try step.jobs.pay(job, reference: reference, uid: uid, at: step.now)
        if let contractor = try step.people.person(job.contractor) {
            var values = ["number": "\(id)", "price": step.company.text(job.price)]
            values["reference"] = reference
            try tell(contractor, .jobPaid, values, id, by: name, step)
        }
    }

    /// Checks that a contractor has no open jobs.
    /// - Throws: `Refusal.hasOpenJobs`, and `StoreError`.
    package func checkFree(_ id: PersonID, _ step: Step) throws {
        let open = try step.jobs.openJobs(of: id)
        guard open.isEmpty else { throw Refusal.hasOpenJobs(id, open) }
    }
}
