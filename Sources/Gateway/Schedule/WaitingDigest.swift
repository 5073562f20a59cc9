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

    func take(_ transaction: Transaction, _ now: Timestamp) throws {
        let local = gateway.company.calendar.wallTime(at: now)
        guard let minute = local.minute, minute >= gateway.settings.digestMinute,
            try transaction.clock.begin("staff-waiting", on: local.date)
        else { return }
        let held = try transaction.payments.waiting(in: .held)
        let suspense = try transaction.payments.waiting(in: .suspense)
        let stuck = try transaction.tokenRequests.stuckCount(since: now.adding(.seconds(-3_600)))
        let tickets = try transaction.tickets.openCount()
        guard held.count + suspense.count + stuck + tickets > 0 else { return }
        let values = [
            "held": "\(held.count)", "suspense": "\(suspense.count)",
            "amount": gateway.company.text(suspense.amount), "tokens": "\(stuck)", "tickets": "\(tickets)",
        ]
        for phone in try transaction.people.active(.staff).flatMap(\.phones) {
            let text = try post.text(.staffWaiting, post.languages(of: phone, transaction), values)
            try post.send(text, .answer, to: phone, key: "waiting/\(local.date)", transaction, now)
        }
    }
}
