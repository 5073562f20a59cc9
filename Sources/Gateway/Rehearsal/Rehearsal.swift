import Domain
import Foundation
import ModemMessages
import Store

/// Does a step and takes it back: in a process of its own, which a step that traps or hangs may end.
package struct Rehearsal: Sendable {
    private let gateway: Gateway

    package init(_ gateway: Gateway) { self.gateway = gateway }

    /// Returns when the step went well or failed in an orderly way; neither stops the daemon.
    package func run(_ step: WorkItem) async {
        let now = gateway.clock.now
        switch step.queue {
        case .inbox:
            guard let number = Int64(step.item) else { return }
            await MessageRouter(gateway).rehearse(InboxMessageID(number))
        case .outbox:
            guard let number = Int64(step.item) else { return }
            let message = try? await gateway.steps.read { try $0.outbox.message(OutboxMessageID(number)) }
            let parts = try? await gateway.steps.read { try $0.outbox.parts(of: OutboxMessageID(number)) }
            guard let message = message ?? nil, let parts else { return }
            for part in parts { _ = try? JSONEncoder().encode(OutgoingPart(part, of: message, at: now)) }
        case .tokenRequest:
            // The maker's answer is what may trap, and nobody asks twice for that.
            return
        case .duty:
            guard let duty = Scheduler.duties.first(where: { $0.name == step.item }) else { return }
            await gateway.steps.rehearse { try duty.body(gateway, $0) }
        }
    }
}

/// Has a step rehearsed by a process of its own.
package protocol Rehearsing: Sendable {
    /// `false` when the process trapped or did not end in time.
    func passes(_ step: WorkItem) async -> Bool
}
