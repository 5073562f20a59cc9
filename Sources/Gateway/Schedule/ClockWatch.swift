import Domain
import Store

/// Watches whether the machine's clock can be believed. With a clock that cannot, nothing is sold, nothing falls due and
/// nobody is reminded: a few hours late is better than a year of access rates in one night.
package struct ClockWatch: Sendable {
    private let gateway: Gateway

    package init(_ gateway: Gateway) { self.gateway = gateway }

    /// Moves the mark on; `false` with a ticket for staff when the clock is wrong.
    func look(_ transaction: Transaction, _ now: Timestamp) throws -> Bool {
        let mark = try transaction.clock.mark()
        guard let fault = try transaction.clock.fault(at: now) else {
            // Once a minute is often enough to know by.
            if mark.map({ now.since($0) >= .seconds(60) }) ?? true { try transaction.clock.see(now) }
            return true
        }
        try TicketDesk(gateway).open(
            cause: "clock/\(mark?.milliseconds ?? 0)", .complaint, "No tokens are made: \(fault)", phone: nil,
            transaction,
            now)
        return false
    }

    /// Staff say that the clock is right.
    package func accept(_ transaction: Transaction, _ now: Timestamp) throws {
        let today = gateway.company.calendar.today(at: now)
        try transaction.clock.accept(now, today: today)
        try transaction.clock.forgetDuties(after: today)
    }
}
