import Admin

/// Prints a ticket with its job and its thread.
enum TicketDetail {
    static func show(_ ticket: TicketView) {
        var card = FieldList()
        card.add("ticket", "#\(ticket.number), \(ticket.status)" + (ticket.closeReason.map { ": \($0)" } ?? ""))
        card.add("category", Terminal.coloured(ticket.category, ticket.colour) + (ticket.outage ? ", an outage" : ""))
        card.add("priority", ticket.priority)
        card.add("subject", ticket.subject)
        card.add("customer", ticket.customer)
        card.add("mini-grid", ticket.miniGrid)
        card.add("phones", ticket.phones.isEmpty ? nil : ticket.phones.joined(separator: ", "))
        card.add("assignee", ticket.assignee)
        card.add("due", ticket.due)
        if let job = ticket.job {
            card.add("job", "\(job.status)\(job.paid ? ", paid" : "")")
            card.add("contractor", "\(job.contractor) (\(job.contractorId))")
            card.add("task", job.task)
            card.add("place", job.place)
            card.add("price", "\(job.price.amount) \(job.price.currency)")
            card.add("deadline", job.deadline)
        }
        card.show()
        for entry in ticket.thread ?? [] {
            let who = [entry.name, entry.phone].compactMap { $0 }.joined(separator: ", ")
            let head = "\(entry.at)  \(entry.author)\(who.isEmpty ? "" : " (\(who))")\(entry.note ? ", note" : "")"
            Terminal.say("\n" + Terminal.styled(head, .dim))
            Terminal.say(entry.text)
            for delivery in entry.deliveries {
                // A received text: also show the automatic answer. A text of staff: only show where it was sent.
                let isTheirs = entry.author == "customer" || entry.author == "contractor"
                let state = delivery.state + (delivery.error.map { ": \($0)" } ?? "")
                let said = isTheirs ? "  \(Terminal.oneLine(delivery.text, 70))" : ""
                Terminal.say(Terminal.styled("  -> \(delivery.to) \(state)\(said)", .dim))
            }
        }
    }
}
