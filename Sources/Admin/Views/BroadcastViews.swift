import Domain
import Gateway
import Store

/// How many messages of a broadcast are where.
package struct BroadcastCountsView: Codable, Sendable, Hashable {
    /// Waits to be sent.
    package var queued: Int
    package var sending: Int
    /// The network has it; no report came.
    package var sent: Int
    package var delivered: Int
    package var failed: Int
    /// Nobody can know whether the network took it.
    package var unknown: Int
    /// Taken back or too late.
    package var notSent: Int

    init(_ counts: [OutboxState: Int]) {
        func count(_ states: OutboxState...) -> Int { states.map { counts[$0] ?? 0 }.reduce(0, +) }
        queued = count(.queued)
        sending = count(.sending)
        sent = count(.sent)
        delivered = count(.delivered)
        failed = count(.failed)
        unknown = count(.unknown)
        notSent = count(.cancelled, .expired)
    }

    package var total: Int { queued + sending + sent + delivered + failed + unknown + notSent }
    package var settled: Int { total - queued - sending }
}

package struct BroadcastView: Codable, Sendable {
    package struct TextView: Codable, Sendable {
        /// Empty for everybody else.
        package var language: String
        package var text: String
    }

    package var id: Int64
    package var `class`: String
    package var state: String
    package var texts: [TextView]
    package var recipients: Int
    package var parts: Int
    package var price: MoneyView?
    package var optedOut: Int
    package var startsAt: String
    package var createdAt: String
    package var endedAt: String?
    package var counts: BroadcastCountsView

    init(_ broadcast: Broadcast, _ step: Step, _ gateway: Gateway) throws {
        id = broadcast.id.number
        `class` = broadcast.broadcastClass.rawValue
        state = broadcast.state.rawValue
        texts = broadcast.texts.sorted { $0.key < $1.key }.map { .init(language: $0.key, text: $0.value) }
        recipients = broadcast.recipients
        parts = broadcast.parts
        price = Broadcasts(gateway).price(broadcast.parts).map { MoneyView($0, gateway.company.currency) }
        optedOut = broadcast.optedOut
        startsAt = broadcast.startsAt.rfc3339
        createdAt = broadcast.createdAt.rfc3339
        endedAt = broadcast.endedAt?.rfc3339
        counts = BroadcastCountsView(try step.broadcasts.counts(of: broadcast.id))
    }
}

/// What a broadcast would be.
package struct BroadcastPlanView: Codable, Sendable {
    package var recipients: Int
    package var parts: Int
    package var price: MoneyView?
    package var optedOut: Int
    /// Until the last part is sent, as the modems' limits and the hours allow; absent without a modem.
    package var minutes: Int?
    package var startsAt: String
    package var example: String

    init(_ plan: BroadcastPlan, _ gateway: Gateway) {
        let broadcasts = Broadcasts(gateway)
        recipients = plan.recipients
        parts = plan.parts
        price = broadcasts.price(plan.parts).map { MoneyView($0, gateway.company.currency) }
        optedOut = plan.optedOut
        let now = gateway.clock.now
        minutes = broadcasts.estimate(plan, at: now).minutes
        startsAt = max(plan.order.startsAt ?? now, now).rfc3339
        example = plan.example ?? ""
    }
}

package struct DeliveryView: Codable, Sendable {
    package var messageId: Int64
    package var phone: String
    /// `delivered`, `sent`, `failed`, `unknown`, `not_sent`, or `queued` and `sending` while it runs.
    package var state: String
    package var error: String?
    package var at: String

    init(_ delivery: BroadcastDelivery) {
        messageId = delivery.message
        phone = delivery.phone
        state = delivery.state == .cancelled || delivery.state == .expired ? "not_sent" : delivery.state.rawValue
        error = delivery.error
        at = delivery.updatedAt.rfc3339
    }
}

package struct EventView: Codable, Sendable {
    package var id: Int64
    package var at: String
    package var kind: String
    /// The number of what it happened to.
    package var subject: Int64
    package var note: String?

    init(_ event: Event) {
        id = event.id
        at = event.at.rfc3339
        kind = event.kind.rawValue
        subject = event.subject
        note = event.note
    }
}

/// How far a running broadcast is; told to listeners, not kept.
package struct BroadcastProgressView: Codable, Sendable, Hashable {
    package var id: Int64
    package var state: String
    package var counts: BroadcastCountsView
}

package struct ActView: Codable, Sendable {
    package var id: Int64
    package var at: String
    package var uid: Int64?
    package var action: String
    package var detail: String
}
