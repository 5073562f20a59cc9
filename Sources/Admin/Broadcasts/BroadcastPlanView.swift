import Domain
import Gateway

/// The plan of a broadcast: recipients, parts, price and duration.
package struct BroadcastPlanView: Codable, Sendable {
    package var recipients: Int
    package var parts: Int
    package var price: MoneyView?
    package var optedOut: Int
    /// Estimated time until the last part is sent, with the modems' limits and sending hours; absent without a modem.
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
