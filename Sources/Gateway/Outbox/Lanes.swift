import Domain
import Messages
import ModemLink
import ModemMessages
import NIOConcurrencyHelpers
import Store

/// The modems' picture in memory: their readiness, allowances and SIMs, from which the planner decides.
final class Lanes: Sendable {
    private struct State {
        var allowances: [String: SendingAllowance] = [:]
        var health = SIMHealth()
    }

    private let lanes: [Dispatcher.Lane]
    private let company: Company
    private let state = NIOLockedValueBox(State())

    init(_ lanes: [Dispatcher.Lane], _ company: Company) {
        self.lanes = lanes
        self.company = company
    }

    /// Reads the allowances from the database where they are not known yet for the day of the step.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    func load(_ step: Step) throws {
        let midnight = company.calendar.midnight(at: step.now)
        for lane in lanes where state.withLockedValue({ $0.allowances[lane.link.name]?.midnight }) != midnight {
            let allowance = try SendingAllowance(lane.limits, modem: lane.link.name, since: midnight, step)
            state.withLockedValue { $0.allowances[lane.link.name] = allowance }
        }
    }

    /// A planner for one modem.
    func planner(for name: String, at now: Timestamp) -> SendingPlanner {
        let all = state.withLockedValue { state in
            lanes.map { lane in
                SendingPlanner.Lane(
                    name: lane.link.name, networks: lane.limits.networks, isReady: lane.link.isReady,
                    isRegistered: lane.link.status?.isRegistered ?? true,
                    isBarred: state.health.isBarred(lane.link.name, at: now),
                    waits: state.allowances[lane.link.name]?.waits(at: now) ?? [:])
            }
        }
        return SendingPlanner(
            lane: all.first { $0.name == name } ?? SendingPlanner.Lane(name: name, isReady: false),
            others: all.filter { $0.name != name }, plan: company.country.plan)
    }

    /// Records that a part is handed to a modem.
    func sends(_ name: String, at now: Timestamp) {
        state.withLockedValue { $0.allowances[name]?.sends(at: now) }
    }

    /// Records that the network accepted a part from a modem.
    func accepted(_ name: String) { state.withLockedValue { $0.health.accepted(name) } }

    /// Records that no modem could send a message: those that refused it are not to blame.
    func excuse(_ message: OutboxMessageID) { state.withLockedValue { $0.health.excuse(message) } }

    /// Records that the network refused a message that another modem is to send. Returns whether the SIM counts as
    /// barred from now on.
    func refused(_ message: OutboxMessageID, _ name: String, at now: Timestamp) -> Bool {
        state.withLockedValue { $0.health.refused(message, name, at: now) }
    }
}
