import Domain
import Messages
import Store

/// Tells staff by SMS what needs them: danger at once, the rest one by one while it is calm, and as a digest when it is not.
struct StaffAlerts: Sendable {
    private let gateway: Gateway
    private let post: Post
    /// So many urgent messages within the pause of a digest; more of them wait for it.
    private static let mostUrgent = 5

    init(_ gateway: Gateway) {
        self.gateway = gateway
        post = Post(gateway)
    }

    func tell(_ transaction: Transaction, _ now: Timestamp) throws {
        let waiting = try transaction.alerts.waiting()
        guard !waiting.isEmpty else { return }
        let phones = try transaction.people.active(.staff).flatMap(\.phones)
        guard !phones.isEmpty else {
            // Nobody to tell; the events and the tickets remain.
            return try transaction.alerts.markSent(waiting.map(\.id), at: now)
        }
        let since = now.adding(.zero - gateway.settings.digestPause)
        try tellUrgent(waiting.filter(\.isUrgent), since, phones, transaction, now)
        let calm = waiting.filter { !$0.isUrgent }
        guard let first = calm.first, try transaction.alerts.lastSent().map({ $0 <= since || $0 > now }) ?? true else {
            return
        }
        if calm.count == 1 {
            try send(first, phones, transaction, now)
        } else {
            try digest(calm, phones, transaction, now)
        }
        try transaction.alerts.markSent(calm.map(\.id), at: now)
    }

    /// Each at once, a few of them; what comes beyond that is told together, when the first few are some minutes old.
    private func tellUrgent(
        _ alerts: [Alert], _ since: Timestamp, _ phones: [PhoneNumber], _ transaction: Transaction, _ now: Timestamp
    ) throws {
        guard !alerts.isEmpty else { return }
        let told = try transaction.alerts.urgentSent(since: since)
        if alerts.count <= Self.mostUrgent - told {
            for alert in alerts { try send(alert, phones, transaction, now) }
        } else if told == 0 {
            try digest(alerts, phones, transaction, now)
        } else {
            return
        }
        try transaction.alerts.markSent(alerts.map(\.id), at: now)
    }

    private func send(_ alert: Alert, _ phones: [PhoneNumber], _ transaction: Transaction, _ now: Timestamp) throws {
        guard let name = TextName(rawValue: "alert_\(alert.kind.rawValue)") else { return }
        for phone in phones {
            let text = try post.text(name, post.languages(of: phone, transaction), alert.facts)
            try post.send(text, .answer, to: phone, key: "alert/\(alert.id)", transaction, now)
        }
    }

    /// How many of each kind, the numbers of the first ones beside it.
    private func digest(
        _ alerts: [Alert], _ phones: [PhoneNumber], _ transaction: Transaction, _ now: Timestamp
    ) throws {
        guard let first = alerts.first else { return }
        let list = Alert.Kind.allCases.compactMap { kind -> String? in
            let same = alerts.filter { $0.kind == kind }
            guard !same.isEmpty else { return nil }
            var numbers: [String] = []
            for number in same.compactMap({ $0.facts["number"] }) where !numbers.contains(number) {
                numbers.append(number)
            }
            let more = numbers.count > 4 ? " ..." : ""
            let shown = numbers.prefix(4).map { "#\($0)" }.joined(separator: " ") + more
            return "\(same.count) \(kind.rawValue.split(separator: "_").joined(separator: " ")) \(shown)"
        }.joined(separator: ", ")
        for phone in phones {
            let text = try post.text(
                .alertDigest, post.languages(of: phone, transaction), ["count": "\(alerts.count)", "list": list])
            try post.send(text, .answer, to: phone, key: "digest/\(first.id)", transaction, now)
        }
    }
}
