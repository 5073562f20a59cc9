import ModemLink
import Domain
import Messages
import Store

/// Carries out orders that staff send by SMS: `#12 text`, `CLOSE #12`, `STATUS`.
struct StaffDesk: Sendable {
    private let modems: Modems
    private let tickets: TicketDesk
    private let notifier: Notifier

    init(_ gateway: Gateway) {
        modems = gateway.modems
        tickets = TicketDesk(gateway)
        notifier = Notifier(gateway)
    }

    /// Carries out an order. Returns `nil` if the message is not one, because staff may also write as customers.
    func take(_ text: PersonText, _ staff: Person, _ step: Step) throws -> Outcome? {
        guard let order = text.order else { return nil }
        let languages = try notifier.languages(of: text.phone, step)
        func answer(_ name: TextName, _ values: [String: String]) throws {
            try notifier.answer(
                notifier.text(name, languages, values), to: text.phone, text.message, about: .work, step)
        }
        do {
            if order != .status {
                // Changes are recorded in the audit log, as they are when made by other means.
                try step.auditLog.note(
                    "staff by SMS", detail: "\(staff.name) (\(staff.id)), message \(text.message.id)", uid: nil,
                    at: step.now
                )
            }
            switch order {
            case .say(let number, let words):
                try tickets.reply(to: TicketID(number), words, by: staff.name, step)
                try answer(.staffSent, ["number": "\(number)", "text": words.excerpt(40)])
                return Outcome(.person, note: "staff wrote in ticket #\(number)")
            case .close(let number, let reason):
                try tickets.close(TicketID(number), reason: reason, tells: true, by: staff.name, step)
                try answer(.staffClosed, ["number": "\(number)"])
                return Outcome(.person, note: "staff closed ticket #\(number)")
            case .reopen(let number):
                try tickets.reopen(TicketID(number), by: staff.name, step)
                try answer(.staffReopened, ["number": "\(number)"])
                return Outcome(.person, note: "staff opened ticket #\(number) again")
            case .status:
                try answer(.staffStatus, try status(step))
                return Outcome(.person, note: "staff asked for the status")
            }
        } catch let refusal as TicketDesk.Refusal {
            switch refusal {
            case .noTicket(let number):
                try answer(.staffNoTicket, ["number": number == .max ? "..." : "\(number)"])
            case .closedAlready(let id): try answer(.staffClosedAlready, ["number": "\(id)"])
            case .openAlready(let id): try answer(.staffReopened, ["number": "\(id)"])
            case .isJob(let id): try answer(.staffIsJob, ["number": "\(id)"])
            case .empty, .nobodyToWriteTo, .tooLong, .categoryExists:
                let number = text.reading.slots.ticket.map(String.init) ?? "?"
                try answer(.staffNothingToSend, ["number": number])
            }
            return Outcome(.person, note: "staff's order was refused: \(refusal)")
        }
    }

    /// Today's figures in one SMS.
    private func status(_ step: Step) throws -> [String: String] {
        let company = step.company
        let today = try step.payments.taken(since: company.calendar.midnight(at: step.now))
        let counts = try step.payments.counts()
        let modems = modems.links.map { link in
            switch link.condition {
            case .ready: "\(link.name) ok"
            case .starting: "\(link.name) starting"
            case .down, .needsOperator: "\(link.name) DOWN"
            }
        }
        return [
            "time": company.calendar.wallTime(at: step.now).clock ?? "", "payments": "\(today.count)",
            "amount": company.text(today.amount),
            "held": "\(counts["held"] ?? 0)",
            "suspense": "\(counts["suspense"] ?? 0)", "tickets": "\(try step.tickets.openCount())",
            "queue": "\(try step.outbox.waitingCount())",
            "modems": modems.isEmpty ? "-" : modems.joined(separator: ", "),
        ]
    }
}
