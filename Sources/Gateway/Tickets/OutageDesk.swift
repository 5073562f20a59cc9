import Store
import Domain
import Messages

/// Handles outages, with one ticket for each outage of a mini-grid, and reports of danger, with urgent alerts to staff.
struct OutageDesk: Sendable {
    /// A report that comes this long after the last one is of a new outage.
    private static let outageLifetime = Duration.seconds(86_400)

    private let tickets: TicketDesk
    private let notifier: Notifier

    init(_ gateway: Gateway) {
        tickets = TicketDesk(gateway)
        notifier = Notifier(gateway)
    }

    /// Handles a report of an outage. Returns `nil` if the mini-grid is not known or only one house is affected; such a
    /// report becomes an ordinary ticket.
    func report(
        _ text: PersonText, _ sender: Sender, _ languages: [String], _ step: Step
    ) throws -> Outcome? {
        guard text.reading.slots.scope != .single, let miniGrid = try miniGrid(text, sender, step) else {
            return nil
        }
        if let known = try step.tickets.outage(
            in: miniGrid, since: step.ago(Self.outageLifetime))
        {
            let entry = try tickets.append(text, to: known.id, sender, step)
            var values = ["place": miniGrid, "number": "\(known.id)"]
            values["note"] = try step.tickets.lastWord(of: known.id)
            try notifier.answer(
                notifier.text(.outageKnown, languages, values), to: text.phone, text.message, entry: entry, step
            )
            return Outcome(.person, note: "reported the outage of ticket #\(known.id)")
        }
        let (id, entry) = try tickets.open(
            .outage, text, sender, priority: .high, miniGrid: miniGrid, isOutage: true, step)
        try step.alert(
            .ticket, ["number": "\(id)", "category": "outage \(miniGrid)", "text": text.message.body.excerpt(80)])
        try notifier.answer(
            notifier.text(.outageOpened, languages, ["place": miniGrid, "number": "\(id)"]), to: text.phone,
            text.message,
            entry: entry, step)
        return Outcome(.person, note: "opened ticket #\(id) for an outage")
    }

    /// The mini-grid of the device that the message names, or the only one of the phone's customers.
    private func miniGrid(_ text: PersonText, _ sender: Sender, _ step: Step) throws -> String? {
        let miniGrids = Set(sender.customers.map(\.miniGrid))
        if miniGrids.count == 1 { return miniGrids.first }
        for customer in sender.customers {
            let own = try step.registry.devices(of: customer.id).map(\.serial)
            if !OwnSerials.named(in: text.message.body, among: own).isEmpty { return customer.miniGrid }
        }
        return nil
    }

    /// Handles a report of danger, such as fire, shock or a wire on the ground: sends advice and alerts staff at any
    /// hour.
    func danger(
        _ text: PersonText, _ sender: Sender, _ languages: [String], _ step: Step
    ) throws -> Outcome {
        var filter = TicketFilter()
        filter.phone = text.phone
        filter.category = TicketCategory.safety.rawValue
        let known = try step.tickets.tickets(filter, before: nil, limit: 1).first { $0.status != .closed }
        let (id, entry): (TicketID, EntryID)
        if let known {
            (id, entry) = (known.id, try tickets.append(text, to: known.id, sender, step))
            try step.tickets.setStatus(.open, of: known.id, at: step.now)
        } else {
            (id, entry) = try tickets.open(.safety, text, sender, priority: .urgent, step)
        }
        try alert(id, text, sender, step)
        let advice = try notifier.text(.safety, languages, ["number": "\(id)"])
        try notifier.answer(advice, to: text.phone, text.message, entry: entry, about: .danger, step)
        return Outcome(.person, note: "reported danger: ticket #\(id)")
    }

    func alert(
        _ id: TicketID, _ text: PersonText, _ sender: Sender, _ step: Step
    ) throws {
        let places = Set(sender.customers.map { "\($0.village), \($0.miniGrid)" }).sorted().joined(separator: " / ")
        // Staff must be able to call back.
        let place = places.isEmpty ? text.phone.e164 : "\(places), \(text.phone.e164)"
        var facts = [
            "number": "\(id)", "place": place, "text": text.message.body.excerpt(100), "phone": text.phone.e164,
        ]
        facts["mini_grid"] = sender.customers.first?.miniGrid
        facts["language"] = text.reading.language
        try step.alerts.note(.safety, facts, urgent: true, at: step.now)
    }
}
