import Domain
import ModemLink
import Store

/// Access rates fall due, one period after the other. Periods that were missed are caught up one by one, each on its own
/// date and by the tariff as it is now. What is overdue for longer than a company's `catchUpDays` waits for a person: a
/// clock that was wrong is likelier than so long a rest.
struct AccessRates: Sendable {
    /// In one transaction; the rest follows at once in the next.
    private static let most = 5_000

    /// Days back to before any meter's: a person let all of it fall due.
    private static let longest = 200 * 366

    private let gateway: Gateway

    init(_ gateway: Gateway) { self.gateway = gateway }

    func take(_ transaction: Transaction, _ now: Timestamp) throws {
        let today = gateway.company.calendar.today(at: now)
        let first = try first(today, transaction)
        var count = 0
        while count < Self.most {
            let due = try transaction.accessRates.due(on: today, from: first, limit: 500)
            guard !due.isEmpty else { return try tellOfOverdue(before: first, transaction, now) }
            for access in due { try take(access, transaction, now) }
            count += due.count
        }
        gateway.scheduleBell.ring()
    }

    /// One customer's, before a payment is used: it may come before the scheduler does.
    func take(of customer: CustomerID, _ transaction: Transaction, _ now: Timestamp) throws {
        let today = gateway.company.calendar.today(at: now)
        let first = try first(today, transaction)
        // A period is a day at least: nobody has more rounds than days are caught up.
        for _ in 0...gateway.settings.catchUpDays {
            let due = try transaction.accessRates.due(on: today, from: first, of: customer)
            guard !due.isEmpty else { return }
            for access in due { try take(access, transaction, now) }
        }
    }

    /// The first day that may still fall due: days back, or any day before the clock was accepted.
    private func first(_ today: CalendarDate, _ transaction: Transaction) throws -> CalendarDate {
        let first = today.adding(days: -gateway.settings.catchUpDays)
        guard let accepted = try transaction.clock.catchUpDay(), accepted >= first else { return first }
        return today.adding(days: -Self.longest)
    }

    private func tellOfOverdue(before day: CalendarDate, _ transaction: Transaction, _ now: Timestamp) throws {
        let count = try transaction.accessRates.overdue(before: day)
        guard count > 0 else { return }
        let days = gateway.settings.catchUpDays
        try TicketDesk(gateway).open(
            cause: "access-overdue/\(day.year)-\(day.month)", .complaint,
            "Access rates of \(count) meters are more than \(days) days overdue and do not fall due by themselves. If the clock is right, say 'gridpost clock accept'",
            phone: nil, transaction, now)
    }

    /// One period of one meter.
    private func take(_ access: DueAccess, _ transaction: Transaction, _ now: Timestamp) throws {
        guard access.rate.isPositive, access.periodDays > 0 else {
            return try transaction.accessRates.setNext(nil, of: access.device)
        }
        try transaction.accessRates.charge(access, at: now)
        try transaction.accessRates.setNext(access.due.adding(days: access.periodDays), of: access.device)
    }
}
