import Admin

/// Prints a ticket with its job and its thread.
enum TicketDetail {
    static func show(_ ticket: TicketView) {
        var fields = FieldList()
        fields.add("ticket", "#\(ticket.number), \(ticket.status)" + (ticket.closeReason.map { ": \($0)" } ?? ""))
        fields.add("category", Terminal.coloured(ticket.category, ticket.colour) + (ticket.outage ? ", an outage" : ""))
        fields.add("priority", ticket.priority)
        fields.add("subject", ticket.subject)
        fields.add("customer", ticket.customer)
        fields.add("mini-grid", ticket.miniGrid)
        fields.add("phones", ticket.phones.isEmpty ? nil : ticket.phones.joined(separator: ", "))
        fields.add("assignee", ticket.assignee)
        fields.add("due", ticket.due)
        if let job = ticket.job {
            fields.add("job", "\(job.status)\(job.paid ? ", paid" : "")")
            fields.add("contractor", "\(job.contractor) (\(job.contractorId))")
            fields.add("task", job.task)
            fields.add("place", job.place)
            fields.add("price", "\(job.price.amount) \(job.price.currency)")
            fields.add("deadline", job.deadline)
        }
        fields.show()
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
