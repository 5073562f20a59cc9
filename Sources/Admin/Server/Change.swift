import Store
import Foundation
import Gateway

/// One change by one user, inside its transaction.
struct Change {
    let step: Step
    let peer: Peer

    /// Refuses changes that depend on the date, with `ClockRefusal`, while the clock is not plausible.
    func requireClock() throws {
        if let fault = try step.clock.fault(at: step.now) { throw ClockRefusal(fault: fault) }
    }
}
