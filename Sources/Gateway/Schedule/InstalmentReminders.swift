import Domain
import Messages
import Store

/// Reminds customers of instalments, some days before and some days after they are due, as their appliance says: once each,
/// in the daytime, and never of what is paid.
struct InstalmentReminders: Sendable {
    /// Nobody is reminded of what is older.
    private static let longestAgo = 90
    private static let most = 1_000

    private let gateway: Gateway
    private let post: Post

    init(_ gateway: Gateway) {
        self.gateway = gateway
        post = Post(gateway)
    }

    func take(_ transaction: Transaction, _ now: Timestamp) throws {
        let calendar = gateway.company.calendar
        let local = calendar.wallTime(at: now)
        let hours = gateway.settings.reminderHours
        guard let minute = local.minute, hours.contains(minute: minute) else { return }
        // What cannot be sent before the evening is not sent in the night.
        let until = calendar.start(of: local.date).adding(.seconds(Int64(hours.to) * 60))
        let reach = try transaction.reminders.reach()
        if let longest = reach.before {
            let days = local.date...local.date.adding(days: longest)
            let due = try transaction.reminders.due(days, without: "before", limit: Self.most).filter {
                local.date >= $0.due.adding(days: -($0.remindBefore ?? 0))
            }
            try remind(due, .reminderDue, "before", until, transaction, now)
        }
        if let shortest = reach.after {
            let days = local.date.adding(days: -Self.longestAgo)...local.date.adding(days: -max(1, shortest))
            let due = try transaction.reminders.due(days, without: "after", limit: Self.most).filter {
                local.date >= $0.due.adding(days: max(1, $0.remindAfter ?? 1))
            }
            try remind(due, .reminderOverdue, "after", until, transaction, now)
        }
    }

    /// Several instalments of one thing are one message, about the oldest and their sum.
    private func remind(
        _ due: [DueInstalment], _ name: TextName, _ kind: String, _ until: Timestamp, _ transaction: Transaction,
        _ now: Timestamp
    ) throws {
        struct Matter: Hashable {
            let customer: CustomerID
            let name: String
        }
        var told: [Matter: Money] = [:]
        for instalment in due {
            told[Matter(customer: instalment.customer, name: instalment.name), default: .zero] += instalment.open
        }
        for instalment in due {
            try transaction.reminders.note(instalment.id, kind, at: now)
            let matter = Matter(customer: instalment.customer, name: instalment.name)
            guard let amount = told.removeValue(forKey: matter),
                let phone = try transaction.registry.customer(instalment.customer)?.phones.first,
                try !transaction.choices.isOptedOut(phone)
            else { continue }
            let text = try post.text(
                name, post.languages(of: phone, transaction),
                [
                    "name": instalment.name, "amount": gateway.company.text(amount),
                    "date": instalment.due.description,
                ])
            try post.send(
                text, .reminder, to: phone, key: "reminder/\(instalment.id)/\(kind)/\(amount.minor)",
                about: .init(until: until), transaction, now)
        }
    }
}
