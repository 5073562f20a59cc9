import Workers
import Store
import Domain

/// Charges access rates when they are due. Missed periods are charged one by one, each on its own date and at the
/// current tariff. Rates that are overdue for more than the company's `catchUpDays` wait for staff, because a wrong
/// clock is more likely than so long an interruption.
struct AccessRates: Sendable {
    /// Maximum number of rates charged in one transaction; the rest follow in the next one.
    private static let most = 5_000

    /// Number of days that reaches back beyond any meter, used once staff have accepted the clock.
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

    /// Charges the due rates of one customer before a payment is used, in case the scheduler has not run yet.
    func take(of customer: CustomerID, _ step: Step) throws {
        let today = step.today
        let first = try first(today, step)
        // A period is at least one day, so there are at most as many rounds as days to catch up.
        for _ in 0...settings.catchUpDays {
            let due = try step.accessRates.due(on: today, from: first, of: customer)
            guard !due.isEmpty else { return }
            for access in due { try take(access, step) }
        }
    }

    /// The earliest due date that is charged: `catchUpDays` ago, or without limit after staff have accepted the clock.
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
            "Access rates of \(count) meters are more than \(days) days overdue and are not charged automatically. If the clock is right, run 'gridpost clock accept'",
            phone: nil, step)
    }

    /// Charges one period of one meter.
    private func take(_ access: DueAccess, _ step: Step) throws {
        guard access.rate.isPositive, access.periodDays > 0 else {
            return try step.accessRates.setNext(nil, of: access.device)
        }
        try step.accessRates.charge(access, at: step.now)
        try step.accessRates.setNext(access.due.adding(days: access.periodDays), of: access.device)
    }
}
