import Domain
import Messages
import Store

/// Sends alerts to staff by SMS: urgent alerts at once, other alerts singly when they are few, otherwise as a digest.
struct StaffAlerts: Sendable {
    private let settings: GatewaySettings
    private let notifier: Notifier
    private let words: HoldReasonWords
    /// Maximum number of urgent alerts sent singly within one digest pause; the rest are summarised.
    private static let mostUrgent = 5
    /// Minimum time between urgent messages to staff once that maximum is reached.
    private static let floodPause = Duration.seconds(60)

    init(_ gateway: Gateway) {
        settings = gateway.settings
        notifier = Notifier(gateway)
        words = HoldReasonWords(gateway)
    }

    /// Whether a message is an urgent alert to staff.
    static func isAlert(_ message: OutboxMessage) -> Bool {
        message.dedupeKey.hasPrefix("alert/") || message.dedupeKey.hasPrefix("flood/")
    }

    func tell(_ step: Step) throws {
        try confirm(step)
        let waiting = try step.alerts.waiting()
        guard !waiting.isEmpty else { return }
        let phones = try step.people.active(.staff).flatMap(\.phones)
        guard !phones.isEmpty else {
            // There is nobody to alert; the events and the tickets remain.
            return try step.alerts.markSent(waiting.map(\.id), at: step.now)
        }
        let since = step.ago(settings.digestPause)
        try tellUrgent(waiting.filter(\.isUrgent), since, phones, step)
        let calm = waiting.filter { !$0.isUrgent }
        guard let first = calm.first, try step.alerts.lastSent().map({ $0 <= since || $0 > step.now }) ?? true else {
            return
        }
        if calm.count == 1 {
            try send(first, phones, step)
        } else {
            try digest(calm, phones, step)
        }
        try step.alerts.markSent(calm.map(\.id), at: step.now)
    }

    /// Sends the first few urgent alerts singly, and the rest as one message a minute with counts per mini-grid.
    private func tellUrgent(
        _ alerts: [Alert], _ since: Timestamp, _ phones: [PhoneNumber], _ step: Step
    ) throws {
        let told = try step.alerts.urgentSent(since: since)
        let single = alerts.prefix(max(0, Self.mostUrgent - told))
        let last = try step.alerts.lastUrgentSent()
        for alert in single {
            try send(alert, phones, step)
            try step.alerts.markSent([alert.id], key: "alert/\(alert.id)", at: step.now)
        }
        let others = Array(alerts.dropFirst(single.count))
        guard let first = others.first else { return }
        let rests = last.map { step.now >= $0 && step.now.since($0) < Self.floodPause } ?? false
        guard single.isEmpty, !rests else { return }
        let key = "flood/\(first.id)"
        for phone in phones {
            let values = ["count": "\(others.count)", "list": summary(others)]
            let text = try notifier.text(.alertFlood, notifier.languages(of: phone, step), values)
            try notifier.send(text, .answer, to: phone, key: key, step)
        }
        try step.alerts.markSent(others.map(\.id), key: key, at: step.now)
    }

    /// The number of alerts per mini-grid, highest first, and the numbers of the latest tickets.
    private func summary(_ alerts: [Alert]) -> String {
        let counts = Dictionary(grouping: alerts) { $0.facts["mini_grid"] ?? "?" }.mapValues(\.count)
        let places = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var shown = places.prefix(5).map { "\($0.key) \($0.value)" }
        if places.count > 5 { shown.append("...") }
        var numbers: [String] = []
        for number in alerts.reversed().compactMap({ $0.facts["number"] }) where !numbers.contains(number) {
            numbers.append(number)
        }
        return shown.joined(separator: ", ") + " (" + numbers.prefix(4).map { "#\($0)" }.joined(separator: " ") + ")"
    }

    /// Tells the customer who reported danger that staff are informed, once the network has accepted an alert to staff.
    private func confirm(_ step: Step) throws {
        for alert in try step.alerts.toConfirm() {
            guard let key = alert.messageKey, try step.outbox.isTaken(keysUnder: key) else {
                // After a day the confirmation is outdated.
                if step.now.since(alert.at) > .seconds(86_400) { try step.alerts.markConfirmed(alert.id, at: step.now) }
                continue
            }
            try step.alerts.markConfirmed(alert.id, at: step.now)
            guard let number = alert.facts["number"],
                let phone = alert.facts["phone"].flatMap({ PhoneNumber(e164: $0) })
            else { continue }
            let languages = try notifier.languages(of: phone, written: alert.facts["language"], step)
            let text = try notifier.text(.safetyTold, languages, ["number": number])
            // If one number sends many reports, it gets this confirmation only once per pause.
            let lately = try step.outbox.answers(
                to: phone, since: step.ago(settings.sameReplyPause))
            guard !lately.contains(text) else { continue }
            try notifier.send(
                text, .answer, to: phone, key: "danger/told/\(alert.id)", isAutomatic: true, step)
        }
    }

    private func send(_ alert: Alert, _ phones: [PhoneNumber], _ step: Step) throws {
        guard let name = TextName(rawValue: "alert_\(alert.kind.rawValue)") else { return }
        for phone in phones {
            let languages = try notifier.languages(of: phone, step)
            let text = try notifier.text(name, languages, facts(of: alert, languages, step))
            try notifier.send(text, .answer, to: phone, key: "alert/\(alert.id)", step)
        }
    }

    /// The alert's facts, with the reasons of a held payment written in the reader's language.
    private func facts(of alert: Alert, _ languages: [String], _ step: Step) throws -> [String: String] {
        guard alert.kind == .held, let number = alert.facts["number"].flatMap({ Int64($0) }),
            let payment = try step.payments.payment(PaymentID(number)), !payment.reasons.isEmpty
        else { return alert.facts }
        let reasons = try payment.reasons.map { try words.words($0, languages) }.joined(separator: "; ")
        return alert.facts.merging(["text": reasons.excerpt(80)]) { $1 }
    }

    /// Sends one message with the number of alerts of each kind and the numbers of the first tickets or payments.
    private func digest(
        _ alerts: [Alert], _ phones: [PhoneNumber], _ step: Step
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
            let text = try notifier.text(
                .alertDigest, notifier.languages(of: phone, step), ["count": "\(alerts.count)", "list": list])
            try notifier.send(text, .answer, to: phone, key: "digest/\(first.id)", step)
        }
    }
}
