import Store
import Domain

/// Checks whether the machine's clock is plausible. While it is not, no tokens are sold, nothing is charged and no
/// reminders are sent: a few hours late is better than a year of access rates in one night.
package struct ClockWatch: Sendable {
    private let tickets: TicketDesk

    package init(_ gateway: Gateway) {
        tickets = TicketDesk(gateway)
    }

    /// Updates the latest known time. If the clock is not plausible, opens a ticket for staff and returns `false`.
    func look(_ step: Step) throws -> Bool {
        let mark = try step.clock.mark()
        guard let fault = try step.clock.fault(at: step.now) else {
            // One update per minute is enough.
            if mark.map({ step.now.since($0) >= .seconds(60) }) ?? true { try step.clock.see(step.now) }
            return true
        }
        try tickets.open(
            cause: .clock(mark), .complaint, "No tokens are made: \(fault)", phone: nil,
            step)
        return false
    }

    /// Accepts the clock as correct, on staff's word.
    /// - Throws: `StoreError`.
    package func accept(_ step: Step) throws {
        let today = step.today
        try step.clock.accept(step.now, today: today)
        try step.clock.forgetDuties(after: today)
    }
}
