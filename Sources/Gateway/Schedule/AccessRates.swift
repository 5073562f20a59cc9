import Domain
import ModemLink
import Store

/// Access rates fall due, one period after the other. Periods that were missed are caught up one by one, each on its own
/// date and by the tariff as it is now.
struct AccessRates: Sendable {
    /// In one transaction; the rest follows at once in the next.
    private static let most = 5_000

    private let gateway: Gateway

    init(_ gateway: Gateway) { self.gateway = gateway }

    func take(_ transaction: Transaction, _ now: Timestamp) throws {
        let today = gateway.company.calendar.today(at: now)
        var count = 0
        while count < Self.most {
            let due = try transaction.accessRates.due(on: today, limit: 500)
            guard !due.isEmpty else { return }
            for access in due { try take(access, transaction, now) }
            count += due.count
        }
        gateway.scheduleBell.ring()
    }

    /// One customer's, before a payment is used: it may come before the scheduler does.
    func take(of customer: CustomerID, _ transaction: Transaction, _ now: Timestamp) throws {
        let today = gateway.company.calendar.today(at: now)
        while true {
            let due = try transaction.accessRates.due(on: today, of: customer)
            guard !due.isEmpty else { return }
            for access in due { try take(access, transaction, now) }
        }
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
