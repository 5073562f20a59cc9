import Store
import Domain
import Foundation
import ModemMessages

/// Processes an item and rolls the result back. It runs in a separate process, which the item may crash or block.
package struct Rehearsal: Sendable {
    private let gateway: Gateway

    package init(_ gateway: Gateway) { self.gateway = gateway }

    /// Processes the item. Returns both when it succeeds and when it throws, since neither stops the daemon.
    package func run(_ item: WorkItem) async {
        let now = gateway.clock.now
        switch item.queue {
        case .inbox:
            guard let number = Int64(item.item) else { return }
            await MessageRouter(gateway).rehearse(InboxMessageID(number))
        case .outbox:
            guard let number = Int64(item.item) else { return }
            let message = try? await gateway.steps.read { try $0.outbox.message(OutboxMessageID(number)) }
            let parts = try? await gateway.steps.read { try $0.outbox.parts(of: OutboxMessageID(number)) }
            guard let message = message ?? nil, let parts else { return }
            for part in parts { _ = try? JSONEncoder().encode(OutgoingPart(part, of: message, at: now)) }
        case .tokenRequest:
            // Only the vendor's answer could crash the program, and the vendor is not asked just for a rehearsal.
            return
        case .duty:
            guard let duty = Scheduler.duties.first(where: { $0.name == item.item }) else { return }
            await gateway.steps.rehearse { try duty.body(gateway, $0) }
        }
    }
}
