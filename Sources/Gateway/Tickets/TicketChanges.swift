import Domain
import Store
import StrictTOML

/// Changes the assignee, category, priority and due date of tickets, and opens tickets for staff.
package struct TicketChanges: Sendable {
    /// Why a change is refused.
    package enum Refusal: Error, Sendable, CustomStringConvertible {
        case noCategory(String, hint: String)
        case categoryOfJobs(String)
        case noStaff(Int64)
        case noCustomer(Int64)
        case past(CalendarDate)

        package var description: String {
            switch self {
            case .noCategory(let name, let hint): "there is no category '\(name)'\(hint)"
            case .categoryOfJobs(let name): "'\(name)' is a category for jobs; create a job instead"
            case .noStaff(let number): "there is no member of staff \(number)"
            case .noCustomer(let number): "there is no customer \(number)"
            case .past(let date): "'due' is \(date), which is in the past"
            }
        }
    }

    /// The changes to a ticket. Absent values stay as they are.
    package struct Change: Sendable {
        package var category: String?
        package var priority: TicketPriority?
        /// 0 removes the assignee.
        package var assignee: Int64?
        package var due: CalendarDate?

        package init(category: String?, priority: TicketPriority?, assignee: Int64?, due: CalendarDate?) {
            self.category = category
            self.priority = priority
            self.assignee = assignee
            self.due = due
        }
    }

    /// A ticket that staff open.
    package struct Opening: Sendable {
        package var text: String
        package var category: String?
        package var priority: TicketPriority?
        package var phone: PhoneNumber?
        package var customer: Int64?
        package var assignee: Int64?
        package var due: CalendarDate?
        /// The text goes to the other side; otherwise it is a note.
        package var tells: Bool

        package init(text: String, phone: PhoneNumber?, tells: Bool) {
            self.text = text
            self.phone = phone
            self.tells = tells
        }
    }

    private let tickets: TicketDesk

    package init(_ gateway: Gateway) { tickets = TicketDesk(gateway) }

    /// Opens a ticket with its first entry.
    /// - Throws: `Refusal` if a named record does not exist, and what `TicketDesk.open` throws.
    package func open(_ opening: Opening, by name: String, _ step: Step) throws -> TicketID {
        let subject = String(opening.text.prefix { $0 != "\n" }.prefix(80))
        var ticket = Ticket(
            category: try category(opening.category ?? TicketCategory.question.rawValue, step), subject: subject,
            priority: opening.priority ?? .normal, at: step.now)
        ticket.due = opening.due
        ticket.assignee = try opening.assignee.map { try assignee($0, step) }
        var contact = opening.phone
        if let number = opening.customer {
            guard let customer = try step.registry.customer(CustomerID(number)) else {
                throw Refusal.noCustomer(number)
            }
            ticket.customer = customer.id
            ticket.miniGrid = customer.miniGrid
            contact = contact ?? customer.phones.first
        }
        return try tickets.open(ticket, opening.text, phone: contact, tells: opening.tells, by: name, step)
    }

    /// Changes a ticket and records the change in its thread.
    /// - Throws: `TicketDesk.Refusal.noTicket`, and `Refusal` if a named record does not exist or the date is past.
    package func apply(_ change: Change, to id: TicketID, by name: String, _ step: Step) throws {
        guard try step.tickets.ticket(id) != nil else { throw TicketDesk.Refusal.noTicket(id.number) }
        if let due = change.due, due < step.today { throw Refusal.past(due) }
        let category = try change.category.map { try self.category($0, step) }
        if let category, try step.tickets.category(named: category)?.isOutsourced == true,
            try step.jobs.job(of: id) == nil
        {
            throw Refusal.categoryOfJobs(category)
        }
        let isFreed = change.assignee == 0
        let person = try isFreed ? nil : change.assignee.map { try assignee($0, step) }
        if isFreed { try step.tickets.unassign(id) }
        try step.tickets.change(
            id, category: category, priority: change.priority, assignee: person, due: change.due, at: step.now)
        let said = [
            category.map { "category \($0)" }, change.priority.map { "priority \($0.rawValue)" },
            try person.flatMap { try step.people.person($0) }.map { "assigned to \($0.name)" },
            isFreed ? "unassigned" : nil, change.due.map { "due \($0)" },
        ].compactMap { $0 }
        guard !said.isEmpty else { return }
        try step.tickets.add(
            ThreadEntry(.system, name: name, phone: nil, said.joined(separator: ", "), at: step.now), to: id)
    }

    /// - Throws: `Refusal.noCategory` with the nearest name.
    package func category(_ name: String, _ step: Step) throws -> String {
        let known = try step.tickets.categories().map(\.name)
        guard known.contains(name) else { throw Refusal.noCategory(name, hint: NearestWord.hint(name, in: known)) }
        return name
    }

    private func assignee(_ number: Int64, _ step: Step) throws -> PersonID {
        guard let person = try step.people.person(PersonID(number)), person.role == .staff, !person.isRetired
        else { throw Refusal.noStaff(number) }
        return person.id
    }
}
