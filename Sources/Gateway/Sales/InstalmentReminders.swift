import Messages
import Domain
import Store

/// Reminds customers of instalments before and after they are due, by the number of days set for the appliance. Each
/// reminder is sent once, in the daytime, and never for a paid instalment.
struct InstalmentReminders: Sendable {
    /// Instalments overdue for more days get no reminder.
    private static let longestAgo = 90
    private static let most = 1_000

    private let settings: GatewaySettings
    private let notifier: Notifier

    init(_ gateway: Gateway) {
        settings = gateway.settings
        notifier = Notifier(gateway)
    }

    func take(_ step: Step) throws {
        let calendar = step.company.calendar
        let local = calendar.wallTime(at: step.now)
        let hours = settings.reminderHours
        guard let minute = local.minute, hours.contains(minute: minute) else { return }
        // A reminder that cannot be sent before the evening is not sent at night.
        let evening = calendar.moment(of: WallTime(date: local.date, minute: hours.to - 1)) ?? step.now
        let until = evening.adding(.seconds(60))
        let oldest = local.date.adding(days: -Self.longestAgo)
        for kind in ReminderRecords.Kind.allCases {
            let due = try step.reminders.due(kind, on: local.date, from: oldest, limit: Self.most)
            try remind(due, kind, until, step)
        }
    }

    /// Sends one message for several instalments of the same thing, with the oldest due date and their sum.
    private func remind(
        _ due: [DueInstalment], _ kind: ReminderRecords.Kind, _ until: Timestamp, _ step: Step
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
            try step.reminders.note(instalment.id, kind, at: step.now)
            let matter = Matter(customer: instalment.customer, name: instalment.name)
            guard let amount = told.removeValue(forKey: matter),
                let phone = try step.registry.customer(instalment.customer)?.phones.first,
                try !step.choices.isOptedOut(phone)
            else { continue }
            let text = try notifier.text(
                kind == .before ? .reminderDue : .reminderOverdue, notifier.languages(of: phone, step),
                [
                    "name": instalment.name, "amount": step.company.text(amount),
                    "date": instalment.due.description,
                ])
            try notifier.send(
                text, .reminder, to: phone,
                key: "reminder/\(instalment.id)/\(kind.rawValue)/\(amount.minor)/\(step.now.milliseconds)",
                about: .init(until: until), step)
        }
    }
}
