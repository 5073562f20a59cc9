/// A maintenance ticket that was offered to a contractor.
package struct Job: Sendable, Hashable {
    /// The ticket's id; the job has no id of its own.
    package var ticket: TicketID
    package var contractor: PersonID
    package var task: String
    package var place: String?
    package var price: Money
    /// The last day for doing the job.
    package var deadline: CalendarDate?
    package var status = JobStatus.offered
    package var offeredAt: Timestamp
    package var confirmedAt: Timestamp?
    /// The payout that paid for the job.
    package var payout: PayoutID?

    package init(
        ticket: TicketID, contractor: PersonID, task: String, place: String?, price: Money, deadline: CalendarDate?,
        at now: Timestamp
    ) {
        self.ticket = ticket
        self.contractor = contractor
        self.task = task
        self.place = place
        self.price = price
        self.deadline = deadline
        offeredAt = now
    }
}
