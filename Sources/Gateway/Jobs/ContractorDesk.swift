import Store
import Domain
import Messages

/// Adds a contractor's message to the thread of the job, whatever its first words, and changes the job's status if the
/// answer is clear.
struct ContractorDesk: Sendable {
    private let settings: GatewaySettings
    private let tickets: TicketDesk
    private let outages: OutageDesk
    private let notifier: Notifier

    init(_ gateway: Gateway) {
        settings = gateway.settings
        tickets = TicketDesk(gateway)
        outages = OutageDesk(gateway)
        notifier = Notifier(gateway)
    }

    /// Handles a contractor's message. Returns `nil` if the contractor has no job that it could be about.
    func take(
        _ text: PersonText, _ contractor: Person, _ sender: Sender, _ step: Step
    ) throws -> Outcome? {
        guard let (job, isMeant) = try job(text, contractor, step) else { return nil }
        let entry = try tickets.append(text, to: job.ticket, as: .contractor, sender, step)
        // A bare yes or no counts only as an answer to the offer. A number of someone else's job changes nothing.
        let isAnswer = isMeant && (!text.job.isBare || job.status == .offered)
        let said = isAnswer ? text.job.answer : nil
        let next = said.flatMap(job.status.after)
        let answer: TextName
        if let next, job.status.isOpen {
            if next != job.status { try step.jobs.setStatus(next, of: job.ticket, at: step.now) }
            answer =
                switch next {
                case .accepted: .jobAccepted
                case .declined: .jobDeclined
                default: .jobDone
                }
        } else if !job.status.isOpen || said != nil {
            // The job is over or already done: the message is kept, the status does not change.
            answer = .jobLate
        } else {
            let asksForHelp = text.job.answer == nil && text.reading.intents == [.help]
            answer = asksForHelp ? .jobHelp : .jobNoted
        }
        try tell(staffOf: answer, job, contractor, text, step)
        if text.reading.intent == .safety {
            try outages.alert(job.ticket, text, sender, step)
        }
        var values = ["number": "\(job.ticket)"]
        values["deadline"] = job.deadline?.description
        let languages = try notifier.languages(of: text.phone, written: text.reading.language, step)
        let words = try notifier.text(answer, languages, values)
        try notifier.answer(
            words, to: text.phone, text.message, entry: entry, about: .work, step)
        let heard = said.map(\.rawValue) ?? "a text"
        return Outcome(.person, note: "job #\(job.ticket): \(heard), now \((next ?? job.status).rawValue)")
    }

    /// The job with the given number if it is this contractor's, else the contractor's newest open job. `isMeant` is
    /// `false` if the message gives the number of another ticket; it is then only added to the thread.
    private func job(_ text: PersonText, _ contractor: Person, _ step: Step) throws -> (
        job: Job, isMeant: Bool
    )? {
        if let number = text.job.ticket, let named = try step.jobs.job(of: TicketID(number)),
            named.contractor == contractor.id
        {
            return (named, true)
        }
        return try step.jobs.newestOpen(of: contractor.id).map { ($0, text.job.ticket == nil) }
    }

    private func tell(
        staffOf answer: TextName, _ job: Job, _ contractor: Person, _ text: PersonText, _ step: Step
    ) throws {
        // An acceptance needs no action; everything else needs staff.
        guard answer != .jobAccepted else {
            return try step.tickets.setStatus(.waiting, of: job.ticket, at: step.now)
        }
        try step.tickets.setStatus(.open, of: job.ticket, at: step.now)
        guard answer != .jobHelp else { return }
        try step.alert(
            .job, ["number": "\(job.ticket)", "name": contractor.name, "text": text.message.body.excerpt(100)])
    }

    /// Handles a message to staff from a contractor without a job.
    func withoutJob(
        _ text: PersonText, _ sender: Sender, _ step: Step
    ) throws -> Outcome {
        if text.reading.intent == .acknowledgement { return Outcome(.person, note: "thanks") }
        let languages = try notifier.languages(of: text.phone, written: text.reading.language, step)
        let since = step.ago(settings.conversationPause)
        let (id, entry): (TicketID, EntryID)
        let isNew: Bool
        if let open = try step.tickets.conversation(of: text.phone, customer: nil, since: since) {
            (id, entry) = (open.id, try tickets.append(text, to: open.id, as: .contractor, sender, step))
            try step.tickets.setStatus(.open, of: open.id, at: step.now)
            isNew = false
        } else {
            (id, entry) = try tickets.open(.question, text, as: .contractor, sender, step)
            isNew = true
        }
        try step.alert(
            isNew ? .ticket : .customerReply,
            ["number": "\(id)", "category": "contractor", "text": text.message.body.excerpt(100)])
        let words = try notifier.text(isNew ? .ticketOpened : .ticketAdded, languages, ["number": "\(id)"])
        try notifier.answer(words, to: text.phone, text.message, entry: entry, step)
        return Outcome(.person, note: "a contractor without a job wrote: ticket #\(id)")
    }
}
