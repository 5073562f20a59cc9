import Domain
import Messages
import ModemLink
import Store

/// Carries out what staff order by SMS: `#12 text`, `CLOSE #12`, `STATUS`.
struct StaffDesk: Sendable {
    private let gateway: Gateway
    private let tickets: TicketDesk
    private let post: Post

    init(_ gateway: Gateway) {
        self.gateway = gateway
        tickets = TicketDesk(gateway)
        post = Post(gateway)
    }

    /// `nil` when the text is no order: staff are customers too.
    func take(_ text: PersonText, _ staff: Person, _ transaction: Transaction, _ now: Timestamp) throws -> Outcome? {
        guard let order = text.order else { return nil }
        let languages = try post.languages(of: text.phone, transaction)
        func answer(_ name: TextName, _ values: [String: String]) throws {
            try post.answer(
                post.text(name, languages, values), to: text.phone, text.message, about: .work, transaction, now)
        }
        do {
            if order != .status {
                // Who changes something is on record, whichever way the order came.
                try transaction.acts.note(
                    "staff by SMS", detail: "\(staff.name) (\(staff.id)), message \(text.message.id)", uid: nil, at: now
                )
            }
            switch order {
            case .say(let number, let words):
                try tickets.reply(to: TicketID(number), words, by: staff.name, transaction, now)
                try answer(.staffSent, ["number": "\(number)", "text": words.excerpt(40)])
                return Outcome(.person, note: "staff wrote in ticket #\(number)")
            case .close(let number, let reason):
                try tickets.close(TicketID(number), reason: reason, tells: true, by: staff.name, transaction, now)
                try answer(.staffClosed, ["number": "\(number)"])
                return Outcome(.person, note: "staff closed ticket #\(number)")
            case .reopen(let number):
                try tickets.reopen(TicketID(number), by: staff.name, transaction, now)
                try answer(.staffReopened, ["number": "\(number)"])
                return Outcome(.person, note: "staff opened ticket #\(number) again")
            case .status:
                try answer(.staffStatus, try status(transaction, now))
                return Outcome(.person, note: "staff asked for the status")
            }
        } catch let refusal as TicketDesk.Refusal {
            switch refusal {
            case .noTicket(let number):
                try answer(.staffNoTicket, ["number": number == .max ? "..." : "\(number)"])
            case .closedAlready(let id): try answer(.staffClosedAlready, ["number": "\(id)"])
            case .openAlready(let id): try answer(.staffReopened, ["number": "\(id)"])
            case .isJob(let id): try answer(.staffIsJob, ["number": "\(id)"])
            case .empty, .nobodyToWriteTo, .tooLong:
                let number = text.reading.slots.ticket.map(String.init) ?? "?"
                try answer(.staffNothingToSend, ["number": number])
            }
            return Outcome(.person, note: "staff's order was refused: \(refusal)")
        }
    }

    /// Today in one SMS.
    private func status(_ transaction: Transaction, _ now: Timestamp) throws -> [String: String] {
        let company = gateway.company
        let today = try transaction.payments.taken(since: company.calendar.midnight(at: now))
        let counts = try transaction.payments.counts()
        let modems = gateway.modems.links.map { link in
            switch link.condition {
            case .ready: "\(link.name) ok"
            case .starting: "\(link.name) starting"
            case .down, .needsOperator: "\(link.name) DOWN"
            }
        }
        return [
            "time": company.calendar.wallTime(at: now).clock ?? "", "payments": "\(today.count)",
            "amount": company.text(today.amount),
            "held": "\(counts["held"] ?? 0)",
            "suspense": "\(counts["suspense"] ?? 0)", "tickets": "\(try transaction.tickets.openCount())",
            "queue": "\(try transaction.outbox.waitingCount())",
            "modems": modems.isEmpty ? "-" : modems.joined(separator: ", "),
        ]
    }
}
