import Domain
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import ModemLink
import Store
import Workers

/// One change by one person, inside its step.
struct Change {
    let step: Step
    let peer: Peer

    /// What hangs on the day's date waits for a clock that can be believed.
    func requireClock() throws {
        if let fault = try step.clock.fault(at: step.now) { throw ClockRefusal(fault: fault) }
    }
}
