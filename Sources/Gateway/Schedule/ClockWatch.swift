import Domain
import Store

/// Watches whether the machine's clock can be believed. With a clock that cannot, nothing is sold, nothing falls due and
/// nobody is reminded: a few hours late is better than a year of access rates in one night.
package struct ClockWatch: Sendable {
    private let tickets: TicketDesk

    package init(_ gateway: Gateway) {
        tickets = TicketDesk(gateway)
    }

    /// Moves the mark on; `false` with a ticket for staff when the clock is wrong.
    func look(_ step: Step) throws -> Bool {
        let mark = try step.clock.mark()
        guard let fault = try step.clock.fault(at: step.now) else {
            // Once a minute is often enough to know by.
            if mark.map({ step.now.since($0) >= .seconds(60) }) ?? true { try step.clock.see(step.now) }
            return true
        }
        try tickets.open(
            cause: .clock(mark), .complaint, "No tokens are made: \(fault)", phone: nil,
            step)
        return false
    }

    /// Staff say that the clock is right.
    package func accept(_ step: Step) throws {
        let today = step.today
        try step.clock.accept(step.now, today: today)
        try step.clock.forgetDuties(after: today)
    }
}
