import Store
import Domain
import Gateway

/// Names, phones and jobs shown with a list of tickets, read for all tickets together.
struct TicketNames {
    let people: [PersonID: String]
    let customers: [CustomerID: String]
    let phones: [TicketID: [PhoneNumber]]
    let jobs: [TicketID: Job]

    init(_ tickets: [Ticket], _ step: Step) throws {
        let ids = tickets.map(\.id)
        jobs = try step.jobs.jobs(ofAll: ids)
        phones = try step.tickets.phones(ofAll: ids)
        people = try step.people.names(of: tickets.compactMap(\.assignee) + jobs.values.map(\.contractor))
        customers = try step.registry.names(of: tickets.compactMap(\.customer))
    }
}
