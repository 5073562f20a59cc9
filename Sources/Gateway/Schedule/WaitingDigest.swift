import Domain
import Messages
import Store

/// Tells staff once a day what waits for them.
struct WaitingDigest: Sendable {
    private let gateway: Gateway
    private let post: Post

    init(_ gateway: Gateway) {
        self.gateway = gateway
        post = Post(gateway)
    }

    func take(_ step: Step) throws {
        let local = step.company.calendar.wallTime(at: step.now)
        guard let minute = local.minute, minute >= gateway.settings.digestMinute,
            try step.clock.begin("staff-waiting", on: local.date)
        else { return }
        let held = try step.payments.waiting(in: .held)
        let suspense = try step.payments.waiting(in: .suspense)
        let stuck = try step.tokenRequests.stuckCount(since: step.ago(.seconds(3_600)))
        let tickets = try step.tickets.openCount()
        guard held.count + suspense.count + stuck + tickets > 0 else { return }
        let values = [
            "held": "\(held.count)", "suspense": "\(suspense.count)",
            "amount": step.company.text(suspense.amount), "tokens": "\(stuck)", "tickets": "\(tickets)",
        ]
        for phone in try step.people.active(.staff).flatMap(\.phones) {
            let text = try post.text(.staffWaiting, post.languages(of: phone, step), values)
            try post.send(text, .answer, to: phone, key: "waiting/\(local.date)", step)
        }
    }
}
