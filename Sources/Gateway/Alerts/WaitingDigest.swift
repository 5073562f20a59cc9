import Store
import Messages
import Domain

/// Sends staff a daily summary of held payments, suspense, stuck vendor tokens and open tickets.
struct WaitingDigest: Sendable {
    private let settings: GatewaySettings
    private let notifier: Notifier

    init(_ gateway: Gateway) {
        settings = gateway.settings
        notifier = Notifier(gateway)
    }

    func take(_ step: Step) throws {
        let local = step.company.calendar.wallTime(at: step.now)
        guard let minute = local.minute, minute >= settings.digestMinute,
            try step.clock.begin("staff-waiting", on: local.date)
        else { return }
        let held = try step.payments.waiting(in: .held)
        let suspense = try step.payments.waiting(in: .suspense)
        let stuck = try step.vendorTokens.stuckCount(since: step.ago(.seconds(3_600)))
        let tickets = try step.tickets.openCount()
        guard held.count + suspense.count + stuck + tickets > 0 else { return }
        let values = [
            "held": "\(held.count)", "suspense": "\(suspense.count)",
            "amount": step.company.text(suspense.amount), "tokens": "\(stuck)", "tickets": "\(tickets)",
        ]
        for phone in try step.people.active(.staff).flatMap(\.phones) {
            let text = try notifier.text(.staffWaiting, notifier.languages(of: phone, step), values)
            try notifier.send(text, .answer, to: phone, key: "waiting/\(local.date)", step)
        }
    }
}
