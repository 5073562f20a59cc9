import Domain
import ModemLink
import Store
import Workers

/// Access rates fall due, one period after the other. Periods that were missed are caught up one by one, each on its own
/// date and by the tariff as it is now. What is overdue for longer than a company's `catchUpDays` waits for a person: a
/// clock that was wrong is likelier than so long a rest.
struct AccessRates: Sendable {
    /// In one transaction; the rest follows at once in the next.
    private static let most = 5_000

    /// Days back to before any meter's: a person let all of it fall due.
    private static let longest = 200 * 366

    private let tickets: TicketDesk
    private let settings: GatewaySettings

    init(_ gateway: Gateway) {
        tickets = TicketDesk(gateway)
        settings = gateway.settings
    }

    func take(_ step: Step) throws {
        let today = step.today
        let first = try first(today, step)
        var count = 0
        while count < Self.most {
            let due = try step.accessRates.due(on: today, from: first, limit: 500)
            guard !due.isEmpty else { return try tellOfOverdue(before: first, step) }
            for access in due { try take(access, step) }
            count += due.count
        }
        step.wake(.schedule)
    }

    /// One customer's, before a payment is used: it may come before the scheduler does.
    func take(of customer: CustomerID, _ step: Step) throws {
        let today = step.today
        let first = try first(today, step)
        // A period is a day at least: nobody has more rounds than days are caught up.
        for _ in 0...settings.catchUpDays {
            let due = try step.accessRates.due(on: today, from: first, of: customer)
            guard !due.isEmpty else { return }
            for access in due { try take(access, step) }
        }
    }

    /// The first day that may still fall due: days back, or any day before the clock was accepted.
    private func first(_ today: CalendarDate, _ step: Step) throws -> CalendarDate {
        let first = today.adding(days: -settings.catchUpDays)
        guard let accepted = try step.clock.catchUpDay(), accepted >= first else { return first }
        return today.adding(days: -Self.longest)
    }

    private func tellOfOverdue(before day: CalendarDate, _ step: Step) throws {
        let count = try step.accessRates.overdue(before: day)
        guard count > 0 else { return }
        let days = settings.catchUpDays
        try tickets.open(
            cause: .accessOverdue(year: day.year, month: day.month), .complaint,
            "Access rates of \(count) meters are more than \(days) days overdue and do not fall due by themselves. If the clock is right, say 'gridpost clock accept'",
            phone: nil, step)
    }

    /// One period of one meter.
    private func take(_ access: DueAccess, _ step: Step) throws {
        guard access.rate.isPositive, access.periodDays > 0 else {
            return try step.accessRates.setNext(nil, of: access.device)
        }
        try step.accessRates.charge(access, at: step.now)
        try step.accessRates.setNext(access.due.adding(days: access.periodDays), of: access.device)
    }
}
